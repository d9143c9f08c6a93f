/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "shutdown.h"
#include "slots.h"

#include <stddef.h>

#include "el1/clock.h"
#include "el1/log.h"
#include "el1/timers.h"

/* Linux's input-event-codes.h */
#define KEY_U       22u
#define KEY_O       24u
#define KEY_S       31u
#define KEY_LEFTALT 56u
#define KEY_SYSRQ   99u
#define KEY_POWER   116u

#define SECOND_US 1000000u
#define QUIET_US  1000000u /* a disk without a request for so long has all that was on its way */
#define LOOK_US   100000u
#define LATER_US  500000u /* from a key to what it makes the guest write */

/* What is pressed with Alt+SysRq, at which eighth of the time, or as soon as the disk is quiet. */
static const struct {
    unsigned eighth;
    bool when_quiet;
    uint16_t key; /* 0: given up */
} steps[] = {{4, false, KEY_S}, {6, true, KEY_U}, {7, true, KEY_O}, {8, false, 0}};

static struct shutdown {
    struct vm *vm;
    struct timer timer;
    uint64_t start_us, eighth_us;
    unsigned step;
    struct manager_ticket end;     /* the manager's word that vm has stopped */
    struct manager_ticket *ticket; /* who asked; NULL: nobody */
} shutdowns[PB_MAX_VMS];           /* by vm->index */

/* False: the guest drives no keyboard. */
static bool press(struct vm *vm, uint16_t code, unsigned value)
{
    uint32_t number;

    return slots_key(vm, code, value, &number) != KEYS_NO_DRIVER;
}

static void tap(struct vm *vm, uint16_t code)
{
    press(vm, code, 1);
    press(vm, code, 0);
}

static bool tap_sysrq(struct vm *vm, uint16_t code)
{
    const bool driven = press(vm, KEY_LEFTALT, 1);

    press(vm, KEY_SYSRQ, 1);
    tap(vm, code);
    press(vm, KEY_SYSRQ, 0);
    press(vm, KEY_LEFTALT, 0);
    return driven;
}

/* When the step is due at the latest; at least `after_us` from now. */
static void wait_for_step(struct shutdown *shutdown, uint64_t after_us)
{
    const uint64_t now = clock_us();
    const uint64_t due = shutdown->start_us + shutdown->eighth_us * steps[shutdown->step].eighth;

    if (steps[shutdown->step].when_quiet || due < now + after_us) {
        timer_start(&shutdown->timer, after_us);
    } else {
        timer_start(&shutdown->timer, due - now);
    }
}

static void fire(struct timer *timer)
{
    struct shutdown *shutdown = timer->owner;
    const uint16_t key = steps[shutdown->step].key;
    const uint64_t due = shutdown->start_us + shutdown->eighth_us * steps[shutdown->step].eighth;

    if (steps[shutdown->step].when_quiet && clock_us() < due &&
        slots_disk_quiet_us(shutdown->vm) < QUIET_US) {
        wait_for_step(shutdown, LOOK_US);
        return;
    }
    if (!key) {
        manager_give_up(shutdown->vm, "it has not shut down in time");
        return;
    }
    tap_sysrq(shutdown->vm, key);
    shutdown->step++;
    wait_for_step(shutdown, LATER_US);
}

/* False: the guest drives no keyboard. */
static bool begin(struct shutdown *shutdown, unsigned seconds)
{
    shutdown->timer = (struct timer){.fire = fire, .owner = shutdown};
    shutdown->start_us = clock_us();
    shutdown->eighth_us = (uint64_t)seconds * SECOND_US / 8;
    shutdown->step = 0;
    if (!tap_sysrq(shutdown->vm, KEY_S)) {
        return false;
    }
    tap(shutdown->vm, KEY_POWER);
    wait_for_step(shutdown, 0);
    return true;
}

static void ended(struct manager_ticket *end, const char *wrong)
{
    struct shutdown *shutdown = (struct shutdown *)((char *)end - offsetof(struct shutdown, end));
    struct manager_ticket *ticket = shutdown->ticket;

    timer_stop(&shutdown->timer);
    shutdown->ticket = NULL;
    if (ticket) {
        ticket->done(ticket, wrong);
    }
}

void shutdown_request(struct vm *vm, unsigned seconds, struct manager_ticket *ticket)
{
    struct shutdown *shutdown = &shutdowns[vm->index];

    if (vm->state == PB_VM_PAUSED || vm->state == PB_VM_SUSPENDED) {
        manager_request(vm, MANAGER_RESUME, NULL);
    }
    shutdown->vm = vm;
    shutdown->end.done = ended;
    manager_expect_end(vm, &shutdown->end); /* an older request ends here */
    shutdown->ticket = ticket;
    if (vm->state != PB_VM_RUNNING) {
        return;
    }
    if (begin(shutdown, seconds)) {
        log_line("%s: asked to shut down", vm->name);
    } else {
        manager_give_up(vm, "it drives no keyboard, and cannot be asked");
    }
}
