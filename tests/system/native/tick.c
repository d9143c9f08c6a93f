// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/*
 * A hypervisor that only sleeps: at EL2, woken by the EL2 physical timer (CNTHP, INTID 26) ten
 * times a second, it prints the number of the tick on UART 0. Core 1, started by PSCI, prints its
 * exception level once. For the test that a restored board wakes an idle EL2.
 */
#include <stdint.h>

#define GICD 0x10000000u
#define GICR 0x10080000u
#define UART 0x12000000u
#define PPI  26

#define REG(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define READ(name)                                    \
    ({                                                \
        uint64_t v;                                   \
        __asm__ volatile("mrs %0, " #name : "=r"(v)); \
        v;                                            \
    })
#define WRITE(name, value) __asm__ volatile("msr " #name ", %0; isb" ::"r"((uint64_t)(value)))

__asm__(".section .text.start, \"ax\"\n"
        ".global _start\n"
        "_start:\n"
        "    adrp x0, stack_end\n"
        "    mov sp, x0\n"
        "    b run\n"
        "second:\n"
        "    adrp x0, stack2_end\n"
        "    mov sp, x0\n"
        "    b run_second\n"
        ".bss\n"
        ".balign 4096\n"
        "    .skip 4096\n"
        "stack_end:\n"
        "    .skip 4096\n"
        "stack2_end:\n"
        "    .skip 4096\n"
        ".text\n");

extern char second[];
static volatile uint32_t second_level;

static void put(char c)
{
    REG(UART) = (uint32_t)c;
}

static void put_number(uint64_t n)
{
    if (n >= 10) {
        put_number(n / 10);
    }
    put((char)('0' + n % 10));
}

static void put_text(const char *text)
{
    while (*text) {
        put(*text++);
    }
}

static void set_up_gic(void)
{
    REG(GICR + 0x14) = 0;             /* GICR_WAKER: core 0 is awake */
    REG(GICD) = 1 << 4 | 1 << 1 | 1;  /* GICD_CTLR: ARE, groups on */
    REG(GICR + 0x10080) = 0xffffffff; /* GICR_IGROUPR0: group 1 */
    REG(GICR + 0x10100) = 1u << PPI;  /* GICR_ISENABLER0 */
    WRITE(S3_4_C12_C9_5, 0xf);        /* ICC_SRE_EL2 */
    WRITE(S3_0_C4_C6_0, 0xff);        /* ICC_PMR_EL1 */
    WRITE(S3_0_C12_C12_7, 1);         /* ICC_IGRPEN1_EL1 */
}

void run_second(void);
void run_second(void)
{
    second_level = (uint32_t)READ(CurrentEL) >> 2;
    for (;;) {
        __asm__ volatile("wfi");
    }
}

static void start_second(void)
{
    register uint64_t x0 __asm__("x0") = 0xc4000003; /* PSCI CPU_ON */
    register uint64_t x1 __asm__("x1") = 1;
    register uint64_t x2 __asm__("x2") = (uintptr_t)second;
    register uint64_t x3 __asm__("x3") = 0;

    __asm__ volatile("smc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3) : "memory");
    while (!second_level) {
        ;
    }
}

void run(void);
void run(void)
{
    uint64_t step = READ(cntfrq_el0) / 10, next;

    put_text("level ");
    put_number(READ(CurrentEL) >> 2);
    start_second();
    put_text(", second core ");
    put_number(second_level);
    put('\n');
    set_up_gic();
    next = READ(cntpct_el0);
    for (uint64_t tick = 1;; tick++) {
        next += step;
        WRITE(cnthp_cval_el2, next);
        WRITE(cnthp_ctl_el2, 1);
        do {
            __asm__ volatile("wfi"); /* interrupts are masked: it only wakes */
        } while (READ(cntpct_el0) < next);
        put_number(tick);
        put('\n');
    }
}
