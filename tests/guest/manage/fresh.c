/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Registers that one life of a VM filled are empty in the next. */
#include "owned.h"
#include "../lib/platform.h"
#include "../lib/tap.h"

extern const uint8_t worker_start[], worker_fresh[];

void test_fresh(void)
{
    uint32_t faults = page->faults;
    uint64_t value = 1;

    tap_is((uint64_t)start(TASK_FILL), PB_OK, "VM_START");
    tap_ok(reported(faults, &value) && value == 0, "it fills its registers");
    stop_and_scrub();
    copy_worker(RAM_PA);
    faults = page->faults;
    tap_is((uint64_t)call(PB_CALL_VM_START, WORKER,
                          RAM_BASE + (uint64_t)(worker_fresh - worker_start), 0),
           PB_OK, "VM_START");
    tap_ok(reported(faults, &value) && value == 0, "the next life finds nothing in them");
    stop_and_scrub();
}
