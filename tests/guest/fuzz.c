/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest that tries everything, on four CPUs at once: calls, GIC registers, system registers,
 * addresses at random. It must go on, and so must the hypervisor. What ends it by right is left
 * out.
 */
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define CPUS 4
#ifndef OPERATIONS
#define OPERATIONS 50000 /* on each CPU */
#endif
#define STEP (OPERATIONS / 20)
#define SEED 0x5eedf00dcafe2026ull
#define RET  0xd65f03c0u
#define MRS  0xd5300000u /* op0 2 or 3 */
#define MSR  0xd5100000u

int main(uint64_t dtb);

static struct fuzzer {
    uint64_t state;
    uint32_t code[2];
    volatile uint32_t exceptions;
    volatile uint32_t done;
} fuzzers[CPUS] __attribute__((aligned(64)));

static uint64_t rnd(void)
{
    struct fuzzer *f = &fuzzers[cpu_number()];

    f->state ^= f->state << 13;
    f->state ^= f->state >> 7;
    f->state ^= f->state << 17;
    return f->state;
}

static uint32_t below(uint32_t n)
{
    return (uint32_t)(rnd() >> 33) % n;
}

/* Numbers as they break things: small, large, near a power of two, anything. */
static uint64_t value(void)
{
    switch (below(5)) {
    case 0:
        return below(16);
    case 1:
        return 0 - (uint64_t)below(16);
    case 2:
        return (1ull << below(64)) + below(3) - 1;
    default:
        return rnd();
    }
}

/* PSCI's CPU_OFF, CPU_ON, SYSTEM_* and SUSPEND end or stop this guest by right. */
static bool leaves(uint32_t function)
{
    uint32_t number = function & 0xffff;

    return (function & 0xbfff0000u) == 0x84000000u && (number <= 0x12) && number != 0 &&
           number != 4 && number != 6 && number != 0xa;
}

static void any_call(void)
{
    /* SMCCC, PSCI, ours, TRNG, RSI, stolen time */
    static const uint32_t bases[] = {0x80000000, 0x84000000, 0xc4000000, 0xc6000000, 0x86000000,
                                     0x84000050, 0xc4000050, 0xc4000190, 0xc5000020};
    uint32_t function = below(8) ? bases[below(9)] + below(32) : (uint32_t)rnd();

    if (leaves(function)) {
        return;
    }
    if (below(2)) {
        psci_call(function, value(), value(), value());
    } else {
        psci_call_smc(function, value(), value(), value());
    }
}

static void access(uint64_t address)
{
    uint64_t data = value();

    switch (below(8)) {
    case 0:
        __asm__ volatile("ldrb %w0, [%1]" : "=r"(data) : "r"(address) : "memory");
        break;
    case 1:
        __asm__ volatile("ldrsh %0, [%1]" : "=r"(data) : "r"(address) : "memory");
        break;
    case 2:
        __asm__ volatile("ldr %w0, [%1]" : "=r"(data) : "r"(address) : "memory");
        break;
    case 3:
        __asm__ volatile("ldr %0, [%1]" : "=r"(data) : "r"(address) : "memory");
        break;
    case 4:
        __asm__ volatile("strb %w0, [%1]" ::"r"(data), "r"(address) : "memory");
        break;
    case 5:
        __asm__ volatile("str %0, [%1]" ::"r"(data), "r"(address) : "memory");
        break;
    case 6:
        __asm__ volatile("stp %0, %0, [%1]" ::"r"(data), "r"(address) : "memory");
        break;
    default:
        __asm__ volatile("str %w0, [%1]" ::"r"(data), "r"(address) : "memory");
    }
}

static void any_gic(void)
{
    static const uint32_t pages[] = {0, 0x400, 0x800, 0xc00, 0x6000, 0xff00};
    uint64_t base = below(2) ? GICD_BASE : GICR_BASE + below(8) * 0x10000;

    access(base + pages[below(6)] + below(0x400));
}

static void any_address(void)
{
    uint64_t address = value() & 0xffffffffffull;

    /* not this program's RAM, not its console */
    if ((address >= RAM_BASE && address < RAM_BASE + 0x10000000) ||
        (address & ~0xffffull) == UART_BASE) {
        return;
    }
    access(address);
}

/* Registers that this program lives by, not the hypervisor: MMU, vectors, stacks, masks. */
static bool vital(uint32_t op0, uint32_t op1, uint32_t crn, uint32_t crm)
{
    bool icc = crn == 12 && crm >= 8;
    bool debug = op0 == 2 && !(crn == 0 && crm == 2); /* MDSCR_EL1 */

    return !debug && !icc && crn != 9 && crn != 11 && crn != 14 && !(op1 == 3 && crn == 13);
}

/* ICC_BPR0_EL1, ICC_BPR1_EL1: stock QEMU stops itself if more than their three bits is written. */
static bool binary_point(uint32_t crn, uint32_t crm, uint32_t op2)
{
    return crn == 12 && (crm == 8 || crm == 12) && op2 == 3;
}

static void any_register(void)
{
    uint32_t op0 = 2 + below(2), op1 = below(8), crn = below(16), crm = below(16), op2 = below(8);
    uint32_t *code = fuzzers[cpu_number()].code;
    bool write = below(2);

    if (write && vital(op0, op1, crn, crm)) {
        return;
    }
    code[0] = (write ? MSR : MRS) | (op0 & 1) << 19 | op1 << 16 | crn << 12 | crm << 8 | op2 << 5;
    code[1] = RET;
    __asm__ volatile("dc cvau, %0\n\tdsb ish\n\tic ivau, %0\n\tdsb ish\n\tisb" ::"r"(code)
                     : "memory");
    {
        register uint64_t x0 __asm__("x0") = value();

        if (binary_point(crn, crm, op2)) {
            x0 &= 7;
        }

        __asm__ volatile("blr %1" : "+r"(x0) : "r"(code) : "x30", "memory");
    }
}

static void (*const operations[])(void) = {any_call, any_gic, any_gic, any_register, any_address};

void secondary_main(unsigned cpu)
{
    struct fuzzer *f = &fuzzers[cpu];

    gic_init_cpu();
    f->state = SEED + cpu;
    for (uint32_t i = 0; i < OPERATIONS; i++) {
        exception_expect();
        operations[below(5)]();
        f->exceptions += exception_taken().count;
        if (cpu == 0 && (i + 1) % STEP == 0) {
            tap_note("operations by CPU 0 so far", i + 1);
        }
    }
    f->done = 1;
}

static void fuzz(void)
{
    uint64_t exceptions = 0;
    bool done = true;

    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        tap_is((uint64_t)psci_cpu_on(cpu), 0, "CPU_ON");
    }
    secondary_main(0);
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        done = wait_until(&fuzzers[cpu].done, 1, 60000) && done;
        exceptions += fuzzers[cpu].exceptions;
    }
    tap_ok(done, "every CPU comes to its end");
    tap_note("exceptions that they caused", exceptions);
    tap_ok(exceptions > 0 && exceptions < CPUS * OPERATIONS, "some were refused, some were not");
}

int main(uint64_t dtb)
{
    (void)dtb;
    if (!under_phonebooth()) {
        tap_skip("random operations", "there is no hypervisor to be fuzzed");
        return 0;
    }
    gic_init();
    tap_note("seed", SEED);
    tap_note("operations", CPUS * OPERATIONS);
    fuzz();
    tap_is(try_read32(NOTHING).count, 1, "an access to nothing still aborts");
    tap_is((uint64_t)psci_call(PSCI_VERSION, 0, 0, 0), 0x10001, "PSCI still answers");
    return 0;
}
