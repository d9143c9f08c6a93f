/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cpu/panic.h"
#include "cpu/gic.h"
#include "cpu/pcpu.h"

#define PL011_DR      0x00
#define PL011_FR      0x18
#define PL011_FR_TXFF BIT(5)

static uint32_t panicked;

static void uart_putc(char c)
{
    uint64_t uart = TABLE->uart;

    while (*(volatile uint32_t *)(uart + PL011_FR) & PL011_FR_TXFF) {
    }
    *(volatile uint32_t *)(uart + PL011_DR) = (uint8_t)c;
}

void uart_puts(const char *text)
{
    while (*text) {
        uart_putc(*text++);
    }
}

static void put_hex(const char *name, uint64_t value)
{
    uart_puts(name);
    for (int shift = 60; shift >= 0; shift -= 4) {
        unsigned digit = value >> shift & 15;

        uart_putc((char)(digit + (digit < 10 ? '0' : 'a' - 10)));
    }
}

void halt(void)
{
    for (;;) {
        wfi();
    }
}

void panic_check(void)
{
    if (__atomic_load_n(&panicked, __ATOMIC_RELAXED)) {
        halt();
    }
}

static _Noreturn void stop_all(void)
{
    __atomic_store_n(&panicked, 1, __ATOMIC_SEQ_CST);
    gic_kick_others();
    halt();
}

void panic_message(const char *text)
{
    uart_puts("\nEL2 panic: ");
    uart_puts(text);
    stop_all();
}

void panic(const uint64_t *x)
{
    put_hex("\nEL2 fault\npcpu ", this_pcpu()->id);
    put_hex("\ncur  ", (uint64_t)this_pcpu()->cur);
    put_hex("\nesr  ", sysreg_read(esr_el2));
    put_hex("\nelr  ", sysreg_read(elr_el2));
    put_hex("\nfar  ", sysreg_read(far_el2));
    put_hex("\nspsr ", sysreg_read(spsr_el2));
    for (unsigned i = 0; i < 31; i++) {
        put_hex(i & 3 ? " " : "\nx    ", x[i]);
    }
    uart_puts("\n");
    stop_all();
}
