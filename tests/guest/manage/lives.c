/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * LIVES lives of the worker. Each ends with all that it wrote gone, from its RAM and from the CPU's
 * registers; a rival that shares its CPU does not notice. `run` compares EL2's memory at
 * "# look" and at the end.
 */
#include "../lib/platform.h"
#include "../lib/tap.h"
#include "owned.h"

#define RIVAL_RAM_PA  (RAM_PA + RAM_SIZE)
#define RIVAL_PAGE_PA (PAGE_PA + 0x10000)
#define LOOK_MS       3000
#define CLEAN_EVERY   10 /* lives: it takes longer than they do */

extern const uint8_t worker_start[], worker_fresh[];

int main(uint64_t dtb);

static volatile struct pb_vm_page *const rival = (volatile struct pb_vm_page *)RIVAL_PAGE_PA;

static struct {
    unsigned whole;   /* lives that went as they should */
    unsigned left;    /* began with something in a register */
    unsigned dirty;   /* left something in RAM */
    unsigned stalled; /* while which the rival did not count on */
    unsigned wrong;   /* after which it was wrong */
} lives;

/* Every other one looks at its registers first; the others fill them. */
static int64_t begin(bool look)
{
    copy_worker(RAM_PA);
    return look ? call(PB_CALL_VM_START, WORKER, RAM_BASE + (uint64_t)(worker_fresh - worker_start),
                       0)
                : call(PB_CALL_VM_START, WORKER, RAM_BASE, TASK_FILL);
}

static bool life(bool look, uint64_t *said)
{
    uint32_t faults = page->faults;
    unsigned calls;

    return begin(look) == PB_OK && reported(faults, said) &&
           complete(WORKER, PB_CALL_VM_PAUSE) == PB_OK &&
           complete(WORKER, PB_CALL_VM_RESUME) == PB_OK &&
           complete(WORKER, PB_CALL_VM_STOP) == PB_OK && scrub(&calls) == 0;
}

static void one(unsigned n)
{
    const bool look = n % 2;
    uint32_t counted = rival->faults;
    uint64_t said = 0;

    lives.whole += life(look, &said);
    lives.left += look && said != 0;
    lives.dirty += n % CLEAN_EVERY == 0 && !clean();
    lives.stalled += !wait_until(&rival->faults, counted + 1, PATIENCE);
    lives.wrong += rival->fault_ipa == REPORT;
}

int main(uint64_t dtb)
{
    (void)dtb;
    copy_worker(RIVAL_RAM_PA);
    tap_is((uint64_t)call(PB_CALL_VM_START, RIVAL, RAM_BASE, TASK_COUNT), PB_OK, "a rival counts");
    tap_ok(wait_until(&rival->faults, 10, PATIENCE), "on the same CPU");
    one(0);
    tap_note("look", 0);
    pause_ms(LOOK_MS);
    for (unsigned n = 1; n < LIVES; n++) {
        one(n);
    }
    tap_note("lives", LIVES);
    tap_is(lives.whole, LIVES, "started, paused, resumed, stopped and scrubbed");
    tap_is(lives.left, 0, "nothing of a former life in the registers of the next");
    tap_is(lives.dirty, 0, "nor in its RAM");
    tap_is(lives.stalled, 0, "the rival counts on all the while");
    tap_is(lives.wrong, 0, "and its registers and memory are its own");
    return 0;
}
