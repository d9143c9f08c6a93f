/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's clocks in a state that is saved or loaded (lockstep.h). */
#include "qemu/osdep.h"
#include "qemu/seqlock.h"
#include "qemu/timer.h"
#include "hw/rtc/pl031.h"
#include "migration/vmstate.h"
#include "qom/object.h"
#include "system/cpu-timers.h"
#include "system/cpu-timers-internal.h"
#include "machine/lockstep.h"
#include "machine/trace_hash.h"

static struct clock {
    int64_t ns; /* of the virtual clock, when it was saved */
} saved;

static int save_clock(void *opaque)
{
    saved.ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    return 0;
}

static int load_clock(void *opaque, int version)
{
    if (icount_enabled()) {
        timers_state.qemu_icount_bias = saved.ns - icount_to_ns(timers_state.qemu_icount);
    }
    return 0;
}

/* Before all others: devices that are loaded ask for the time. */
static const VMStateDescription clock_state = {
    .name = "phonebooth-clock",
    .version_id = 1,
    .minimum_version_id = 1,
    .priority = MIG_PRI_MAX,
    .pre_save = save_clock,
    .post_load = load_clock,
    .fields =
        (const VMStateField[]){
            VMSTATE_INT64(ns, struct clock),
            VMSTATE_END_OF_LIST(),
        },
};

void lockstep_save_clock(void)
{
    vmstate_register(NULL, 0, &clock_state, &saved);
}

/* Its offset to the host's clock says nothing here; that to the virtual clock does. */
static int take_over_clock(Object *object, void *opaque)
{
    PL031State *clock = (PL031State *)object_dynamic_cast(object, TYPE_PL031);

    if (clock) {
        clock->tick_offset = clock->tick_offset_vmstate;
    }
    return 0;
}

void lockstep_take_over(void)
{
    if (trace_hash_is_kept()) {
        object_child_foreach_recursive(object_get_root(), take_over_clock, NULL);
    }
}
