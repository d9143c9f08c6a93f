/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "platform.h"
#include "psci.h"
#include "tap.h"

/* PL011, Arm DDI 0183 */
#define UARTDR      (UART_BASE + 0x00)
#define UARTFR      (UART_BASE + 0x18)
#define UARTFR_BUSY (1u << 3)
#define UARTFR_TXFF (1u << 5)
#define UARTCR      (UART_BASE + 0x30)
#define UARTCR_ON   0x301u /* UARTEN, TXE, RXE */

static unsigned count;

static void put_char(char c)
{
    if (!count && !(read32(UARTCR) & 1)) {
        write32(UARTCR, UARTCR_ON);
    }
    while (read32(UARTFR) & UARTFR_TXFF) {
        ;
    }
    write32(UARTDR, (uint8_t)c);
}

static void put(const char *text)
{
    while (*text) {
        put_char(*text++);
    }
}

static void put_hex(uint64_t value)
{
    int shift = 60;

    put("0x");
    while (shift && !(value >> shift)) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        put_char("0123456789abcdef"[value >> shift & 15]);
    }
}

static void put_decimal(unsigned value)
{
    if (value >= 10) {
        put_decimal(value / 10);
    }
    put_char((char)('0' + value % 10));
}

static void put_result(bool passed, const char *what)
{
    put(passed ? "ok " : "not ok ");
    put_decimal(++count);
    put(" - ");
    put(what);
}

void tap_ok(bool passed, const char *what)
{
    put_result(passed, what);
    put("\n");
}

void tap_is(uint64_t got, uint64_t wanted, const char *what)
{
    put_result(got == wanted, what);
    if (got != wanted) {
        put(" (got ");
        put_hex(got);
        put(", wanted ");
        put_hex(wanted);
        put(")");
    }
    put("\n");
}

void tap_note(const char *what, uint64_t value)
{
    put("# ");
    put(what);
    put(" ");
    put_hex(value);
    put("\n");
}

void tap_say(const char *what, const char *name)
{
    put(what);
    put(name);
    put("\n");
}

void tap_skip(const char *what, const char *why)
{
    put_result(true, what);
    put(" # SKIP ");
    put(why);
    put("\n");
}

static _Noreturn void off(void)
{
    while (read32(UARTFR) & UARTFR_BUSY) {
        ;
    }
    psci_call(PSCI_SYSTEM_OFF, 0, 0, 0);
    for (;;) {
        wait_for_interrupt();
    }
}

void tap_bail_out(const char *why)
{
    put("Bail out! ");
    put(why);
    put("\n");
    off();
}

void tap_end(void)
{
    put("1..");
    put_decimal(count);
    put("\n");
    off();
}
