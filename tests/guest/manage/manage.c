/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The calls of phonebooth/hypercall.h: a VM's life, its memory and clock, as its owner sees them.
 */
#include "../lib/exception.h"
#include "../lib/gic.h"
#include "../lib/platform.h"
#include "../lib/tap.h"
#include "owned.h"

int main(uint64_t dtb);

static void test_errors(void)
{
    tap_is((uint64_t)call(PB_CALL_VERSION, 0, 0, 0), 1, "VERSION");
    tap_is((uint64_t)call(PB_CALL(99), 0, 0, 0), (uint64_t)PB_E_UNKNOWN, "an unknown call");
    tap_is((uint64_t)call(PB_CALL_VM_STOP, 7, 0, 0), (uint64_t)PB_E_INVALID, "an unknown VM");
    tap_is((uint64_t)call(PB_CALL_VM_STOP, OWNER, 0, 0), (uint64_t)PB_E_INVALID, "itself");
    tap_is((uint64_t)call(PB_CALL_VM_STOP, WORKER, 0, 0), (uint64_t)PB_E_STATE,
           "VM_STOP of one that is OFF");
    tap_is((uint64_t)call(PB_CALL_VM_SCRUB, WORKER, 0, 0), (uint64_t)PB_E_STATE, "VM_SCRUB of it");
    tap_is((uint64_t)call(PB_CALL_VM_PAUSE, WORKER, 0, 0), (uint64_t)PB_E_STATE, "VM_PAUSE of it");
    tap_is((uint64_t)call(PB_CALL_VM_RESUME, WORKER, 0, 0), (uint64_t)PB_E_STATE,
           "VM_RESUME of it");
    tap_is((uint64_t)call(PB_CALL_VIRQ, WORKER, 31, 1), (uint64_t)PB_E_INVALID,
           "VIRQ of a private INTID");
    tap_is((uint64_t)call(PB_CALL_VIRQ, WORKER, 128, 1), (uint64_t)PB_E_INVALID, "VIRQ of none");
    tap_is((uint64_t)call(PB_CALL_IO_DONE, WORKER, 0, 0), (uint64_t)PB_E_STATE,
           "IO_DONE of nothing");
    tap_is((uint64_t)call(PB_CALL_IO_DONE, WORKER, 2, 0), (uint64_t)PB_E_INVALID,
           "IO_DONE of no vCPU");
    tap_is((uint64_t)call(PB_CALL_VIO_RAISE, WORKER, 0, 1), (uint64_t)PB_E_INVALID,
           "VIO_RAISE without virtio");
    tap_is((uint64_t)call(PB_CALL_EL2_STATS, PB_STAT_COUNT, 0, 0), (uint64_t)PB_E_INVALID,
           "EL2_STATS past the end");
    tap_ok(call(PB_CALL_EL2_STATS, PB_STAT_SYNC + 0x16, 0, 0) > 10, "EL2_STATS counts these calls");
}

/* What it writes is looked at from outside: tests/guest/run. */
static void test_trace(void)
{
    tap_is((uint64_t)call(PB_CALL_TRACE, 1, 0, 0), PB_OK, "TRACE on");
    spin_ms(200); /* for every CPU to notice, on a busy host */
    call(PB_CALL_VERSION, 0, 0, 0);
    pause_ms(200); /* the other CPUs notice */
    tap_is((uint64_t)call(PB_CALL_TRACE, 0, 0, 0), PB_OK, "TRACE off");
    call(PB_CALL_VERSION, 0, 0, 0);
}

static void test_memory(void)
{
    unsigned calls;
    struct trap trap;

    tap_is(page->state, PB_VM_OFF, "the worker is OFF");
    write64(RAM_PA + RAM_SIZE - 8, 0x5ec4e7);
    tap_is(read64(RAM_PA + RAM_SIZE - 8), 0x5ec4e7, "its RAM is lent");
    trap = try_call(RAM_PA);
    tap_is(trap_class(&trap), EC_INSTRUCTION_ABORT, "but not executable");
    tap_is((uint64_t)start(TASK_CLOCK), PB_OK, "VM_START");
    trap = try_read32(RAM_PA);
    tap_is(trap_class(&trap), EC_DATA_ABORT, "its RAM is its own now: no read");
    trap = try_write32(RAM_PA + RAM_SIZE - 4, 1);
    tap_is(trap_class(&trap), EC_DATA_ABORT, "no write");
    tap_is((uint64_t)call(PB_CALL_VM_START, WORKER, RAM_BASE, 0), (uint64_t)PB_E_STATE,
           "VM_START again");
    tap_is((uint64_t)call(PB_CALL_VM_SCRUB, WORKER, 0, 0), (uint64_t)PB_E_STATE,
           "VM_SCRUB while it runs");
    tap_is((uint64_t)complete(WORKER, PB_CALL_VM_STOP), PB_OK, "VM_STOP");
    tap_is(page->state, PB_VM_STOPPED, "it is STOPPED");
    tap_is(page->reason, PB_REASON_REQUEST, "by request");
    trap = try_read32(RAM_PA + RAM_SIZE - 8);
    tap_is(trap_class(&trap), EC_DATA_ABORT, "its RAM is not to be seen before it is clean");
    tap_is((uint64_t)call(PB_CALL_VM_START, WORKER, RAM_BASE, 0), (uint64_t)PB_E_STATE,
           "VM_START before VM_SCRUB");
    tap_is((uint64_t)scrub(&calls), 0, "VM_SCRUB");
    tap_is(calls, RAM_SIZE / STEP, "in steps of 64 KiB");
    tap_is(page->state, PB_VM_OFF, "it is OFF");
    tap_ok(clean(), "its RAM is clean");
}

static void test_clock(void)
{
    uint32_t faults;
    uint64_t first = 0, paused = 0, resumed = 0;

    faults = page->faults;
    tap_is((uint64_t)start(TASK_CLOCK), PB_OK, "VM_START");
    tap_ok(reported(faults, &first), "it runs");
    tap_ok(first < ms_to_ticks(10 * MS), "its clock began with it");
    tap_is((uint64_t)complete(WORKER, PB_CALL_VM_PAUSE), PB_OK, "VM_PAUSE");
    tap_is(page->state, PB_VM_PAUSED, "it is PAUSED");
    faults = page->faults;
    paused = page->fault_ipa - REPORT;
    pause_ms(3 * MS);
    tap_is(page->faults, faults, "it does nothing meanwhile");
    tap_is((uint64_t)call(PB_CALL_VM_RESUME, WORKER, 0, 0), PB_OK, "VM_RESUME");
    wait_until(&page->faults, faults + 1, PATIENCE);
    resumed = page->fault_ipa - REPORT;
    tap_ok(resumed > paused && resumed - paused < ms_to_ticks(2 * MS),
           "for its clock the pause was not");
    stop_and_scrub();
}

/* Paused in its sleep: its timer wakes it all the same after VM_RESUME. */
static void test_sleeper(void)
{
    uint32_t faults = page->faults;
    uint64_t value;

    tap_is((uint64_t)start(TASK_SLEEP), PB_OK, "VM_START");
    tap_ok(reported(faults, &value), "its timer wakes it");
    pause_ms(50);
    tap_is((uint64_t)complete(WORKER, PB_CALL_VM_PAUSE), PB_OK, "VM_PAUSE while it sleeps");
    faults = page->faults;
    pause_ms(500);
    tap_is(page->faults, faults, "its timer does not wake it now");
    tap_is((uint64_t)call(PB_CALL_VM_RESUME, WORKER, 0, 0), PB_OK, "VM_RESUME");
    tap_ok(reported(faults, &value), "and now it does");
    stop_and_scrub();
}

/* A worker that ends by itself. */
static void test_end(enum task task, enum pb_vm_reason reason, const char *what)
{
    unsigned calls;

    tap_is((uint64_t)start(task), PB_OK, what);
    tap_ok(doorbell_rang(), "rings its owner");
    gic_end(DOORBELL);
    tap_is(page->state, PB_VM_STOPPED, "it is STOPPED");
    tap_is(page->reason, reason, "and why");
    tap_is((uint64_t)scrub(&calls), 0, "VM_SCRUB");
}

static void test_calls_of_worker(void)
{
    uint32_t faults = page->faults;
    uint64_t value;

    tap_is((uint64_t)start(TASK_DENIED), PB_OK, "VM_START");
    wait_until(&page->faults, faults + 1, PATIENCE);
    tap_is(page->fault_ipa - REPORT, 8 * -PB_E_DENIED, "management calls of others are denied");
    stop_and_scrub();
    tap_is((uint64_t)start(TASK_PENDING), PB_OK, "VM_START");
    faults = page->faults;
    tap_ok(reported(faults, &value) && value == 0, "no SPI is pending");
    call(PB_CALL_VIRQ, WORKER, 40, 1);
    faults = page->faults;
    tap_ok(reported(faults, &value) && value == 8ull << (40 - 32), "VIRQ: a level is up");
    call(PB_CALL_VIRQ, WORKER, 40, 0);
    faults = page->faults;
    tap_ok(reported(faults, &value) && value == 0, "and down");
    stop_and_scrub();
    page->rung = 0;
    tap_is((uint64_t)start(TASK_POST), PB_OK, "VM_START");
    tap_ok(doorbell_rang(), "DOORBELL");
    gic_end(DOORBELL);
    tap_is(page->rung, 1, "says so in the page");
    stop_and_scrub();
}

int main(uint64_t dtb)
{
    (void)dtb;
    gic_init();
    gic_init_cpu();
    write32(GICD_BASE + GIC_IGROUPR + DOORBELL / 32 * 4, ~0u);
    gic_set_priority(DOORBELL, GIC_PRIORITY);
    gic_set_edge(DOORBELL, true);
    gic_enable(DOORBELL);
    test_errors();
    test_memory();
    test_clock();
    test_sleeper();
    test_end(TASK_OFF, PB_REASON_SYSTEM_OFF, "a VM that calls SYSTEM_OFF");
    test_end(TASK_RESET, PB_REASON_SYSTEM_RESET, "a VM that calls SYSTEM_RESET");
    test_calls_of_worker();
    test_suspend();
    test_stolen();
    test_idle();
    test_fresh();
    test_trace();
    return 0;
}
