/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "owned.h"
#include "../lib/gic.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"

extern const uint8_t worker_start[], worker_end[];

void secondary_main(unsigned cpu)
{
    (void)cpu;
}

int64_t call(uint32_t function, uint64_t vm, uint64_t a, uint64_t b)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = vm;
    register uint64_t x2 __asm__("x2") = a;
    register uint64_t x3 __asm__("x3") = b;

    __asm__ volatile("hvc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3) : "memory");
    return (int64_t)x0;
}

int64_t complete(unsigned vm, uint32_t function)
{
    uint64_t end = ticks() + ms_to_ticks(PATIENCE);
    int64_t result;

    do {
        result = call(function, vm, 0, 0);
        relax();
    } while (result == PB_E_AGAIN && ticks() < end);
    return result;
}

void pause_ms(uint64_t ms)
{
    uint64_t end = ticks() + ms_to_ticks(ms);

    while (ticks() < end) {
        relax();
    }
}

void copy_worker(uint64_t to)
{
    for (unsigned i = 0; worker_start + i < worker_end; i += 4) {
        write32(to + i, *(const uint32_t *)(worker_start + i));
    }
}

int64_t start(enum task task)
{
    copy_worker(RAM_PA);
    return call(PB_CALL_VM_START, WORKER, RAM_BASE, task);
}

bool reported(uint32_t since, uint64_t *value)
{
    bool came = wait_until(&page->faults, since + 2, PATIENCE);

    *value = page->fault_ipa - REPORT;
    return came;
}

bool clean(void)
{
    uint64_t bits = 0;

    for (uint64_t i = 0; i < RAM_SIZE; i += 8) {
        bits |= read64(RAM_PA + i);
    }
    return bits == 0;
}

int64_t scrub(unsigned *calls)
{
    int64_t left;

    *calls = 0;
    do {
        left = complete(WORKER, PB_CALL_VM_SCRUB);
        *calls += left != PB_E_AGAIN;
    } while (left > 0);
    return left;
}

void stop_and_scrub(void)
{
    unsigned calls;

    tap_is((uint64_t)complete(WORKER, PB_CALL_VM_STOP), PB_OK, "VM_STOP");
    tap_is((uint64_t)scrub(&calls), 0, "VM_SCRUB");
}

bool doorbell_rang(void)
{
    return gic_wait(PATIENCE) == DOORBELL;
}
