/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A VM that suspends itself; one that sleeps; the time that is stolen from one. */
#include "owned.h"
#include "../lib/gic.h"
#include "../lib/platform.h"
#include "../lib/tap.h"

#define RESUMED       0x500 /* worker.S */
#define RIVAL_RAM_PA  (RAM_PA + RAM_SIZE)
#define RIVAL_PAGE_PA (PAGE_PA + 0x10000)
#define STOLEN_PA     (RIVAL_PAGE_PA + 0x4000 + PB_VIO_STOLEN)
#define VIO_STOLEN    (VIO_BASE + PB_VIO_STOLEN)
#define PV_TIME_ST    0xc5000021u

static volatile struct pb_vm_page *const rival = (volatile struct pb_vm_page *)RIVAL_PAGE_PA;

static void suspend_worker(uint32_t *faults)
{
    *faults = page->faults;
    tap_is((uint64_t)start(TASK_SUSPEND), PB_OK, "a VM that calls SYSTEM_SUSPEND");
    tap_ok(doorbell_rang(), "rings its owner");
    gic_end(DOORBELL);
    tap_is(page->state, PB_VM_SUSPENDED, "it is SUSPENDED");
}

static void woke(uint32_t faults)
{
    tap_ok(wait_until(&page->faults, faults + 1, PATIENCE), "it goes on");
    tap_is(page->fault_ipa - REPORT, RESUMED, "where it asked for");
    tap_is(page->state, PB_VM_RUNNING, "it is RUNNING");
}

void test_suspend(void)
{
    uint32_t faults;

    suspend_worker(&faults);
    call(PB_CALL_VIRQ, WORKER, 41, 2);
    pause_ms(MS / 10);
    tap_is(page->faults, faults, "an interrupt that it has not enabled does not wake it");
    tap_is(page->state, PB_VM_SUSPENDED, "it is SUSPENDED");
    tap_is((uint64_t)call(PB_CALL_VM_PAUSE, WORKER, 0, 0), (uint64_t)PB_E_STATE, "VM_PAUSE of it");
    call(PB_CALL_VIRQ, WORKER, 40, 2);
    woke(faults);
    tap_ok(doorbell_rang(), "it rings its owner");
    gic_end(DOORBELL);
    stop_and_scrub();
    suspend_worker(&faults);
    tap_is((uint64_t)complete(WORKER, PB_CALL_VM_RESUME), PB_OK, "VM_RESUME");
    woke(faults);
    stop_and_scrub();
    suspend_worker(&faults);
    stop_and_scrub();
}

/* Of all CPUs, since start. */
static uint64_t wakeups(void)
{
    return (uint64_t)call(PB_CALL_EL2_STATS, PB_STAT_IRQ, 0, 0) +
           (uint64_t)call(PB_CALL_EL2_STATS, PB_STAT_SWITCH, 0, 0);
}

/* Nothing ticks: a VM that waits for nothing in particular wakes no CPU. */
void test_idle(void)
{
    uint64_t before;

    tap_is((uint64_t)start(TASK_POST), PB_OK, "a VM that sleeps for ever");
    tap_ok(doorbell_rang(), "after DOORBELL");
    gic_end(DOORBELL);
    pause_ms(MS / 10);
    before = wakeups();
    pause_ms(2 * MS);
    tap_is(wakeups() - before, 0, "no CPU wakes meanwhile");
    stop_and_scrub();
}

static uint64_t stolen_ms(void)
{
    return read64(STOLEN_PA + 8) / 1000000;
}

/* It asks where its stolen time is, and its owner says it. */
static void start_rival(void)
{
    write64(STOLEN_PA, 0);
    write64(STOLEN_PA + 8, 0);
    copy_worker(RIVAL_RAM_PA);
    tap_is((uint64_t)call(PB_CALL_VM_START, RIVAL, RAM_BASE, TASK_STOLEN), PB_OK,
           "a VM that asks for its stolen time");
    tap_ok(wait_until(&rival->io[0].state, 1, PATIENCE), "EL2 asks its owner");
    tap_is(rival->io[0].kind, PB_IO_CALL, "by a posted call");
    tap_is(rival->io[0].ipa, PV_TIME_ST, "of PV_TIME_ST");
    rival->io[0].state = 0;
    tap_is((uint64_t)call(PB_CALL_IO_DONE, RIVAL, 0, VIO_STOLEN), PB_OK, "which answers");
}

/* Two VMs that never sleep on one CPU: each is runnable and does not run half of the time. */
void test_stolen(void)
{
    uint32_t faults = rival->faults;
    uint64_t before, after;

    start_rival();
    tap_ok(wait_until(&rival->faults, faults + 10, PATIENCE), "it goes on");
    tap_ok(stolen_ms() < 5, "alone on its CPU nothing is stolen");
    tap_is((uint64_t)start(TASK_CLOCK), PB_OK, "another one comes");
    before = stolen_ms();
    pause_ms(3 * MS);
    after = stolen_ms();
    tap_note("stolen of 300 ms", after - before);
    tap_ok(after - before > 3 * MS / 5 && after - before < 12 * MS / 5,
           "about half of the time is stolen");
    tap_ok((rival->fault_ipa - REPORT) / 8 > before &&
               (rival->fault_ipa - REPORT) / 8 <= stolen_ms(),
           "the guest sees it");
    tap_is((uint64_t)call(PB_CALL_VM_FRONT, RIVAL, 0, 0), PB_OK, "VM_FRONT");
    before = stolen_ms();
    pause_ms(2 * MS);
    after = stolen_ms();
    tap_note("stolen of 200 ms", after - before);
    tap_ok(after - before > MS / 10 && after - before < 4 * MS / 5,
           "in front it has four turns of five, and the other still has its own");
    stop_and_scrub();
    before = stolen_ms();
    tap_is((uint64_t)complete(RIVAL, PB_CALL_VM_PAUSE), PB_OK, "VM_PAUSE");
    pause_ms(MS / 5);
    tap_is((uint64_t)call(PB_CALL_VM_RESUME, RIVAL, 0, 0), PB_OK, "VM_RESUME");
    pause_ms(MS / 5);
    tap_ok(stolen_ms() - before < MS / 10, "a pause is not stolen time");
    tap_is((uint64_t)complete(RIVAL, PB_CALL_VM_STOP), PB_OK, "VM_STOP");
}
