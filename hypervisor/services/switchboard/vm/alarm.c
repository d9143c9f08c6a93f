/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/alarm.h"
#include "drivers/rtc.h"
#include "vm/line.h"
#include "vm/vrtc.h"

#include "el1/kept.h"

static KEPT struct alarm {
    struct vrtc clock;
    bool line; /* as the guest's interrupt controller has it */
} alarms[PB_MAX_VMS];

/* The line follows the clock. */
static void update(struct vm *vm, uint32_t now)
{
    struct alarm *alarm = &alarms[vm->id];

    vrtc_look(&alarm->clock, now);
    line_set(vm, VM_RTC_INTID, &alarm->line, vrtc_line(&alarm->clock));
}

/* Sets the board's alarm to the next one; again if it has come while it was set. */
static void arm(void)
{
    uint32_t now, next;
    struct vm *vm;

    do {
        now = (uint32_t)clock_rtc_s();
        next = VRTC_NEVER;
        for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
            const uint32_t due = vrtc_due(&alarms[vm->id].clock, now);

            if (!due) {
                update(vm, now);
            } else if (due < next) {
                next = due;
            }
        }
        if (next != VRTC_NEVER) {
            rtc_set_alarm(now + next);
        }
    } while (next != VRTC_NEVER && (uint32_t)clock_rtc_s() - now >= next);
}

void alarm_init(void)
{
    rtc_on_alarm(arm);
    arm();
}

uint32_t alarm_access(struct vm *vm, uint32_t offset, bool write, uint32_t value)
{
    const uint32_t now = (uint32_t)clock_rtc_s();
    struct vrtc *clock = &alarms[vm->id].clock;

    if (write) {
        vrtc_write(clock, offset, value, now);
    }
    update(vm, now);
    if (write) {
        arm();
    }
    return write ? 0 : vrtc_read(clock, offset, now);
}

void alarm_reset_vm(struct vm *vm)
{
    alarms[vm->id] = (struct alarm){0};
}
