/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "watchdog.h"

#include "el1/clock.h"
#include "el1/kept.h"
#include "el1/restart.h"
#include "el1/timers.h"

/* Verbs; seconds. */
#define INIT         0u /* -> shortest, longest timeout */
#define SET_TIMEOUT  1u
#define ENABLE       2u /* 1 on, 0 off */
#define PET          3u
#define GET_TIMELEFT 4u /* -> seconds */

#define SHORTEST      1u
#define LONGEST       3600u
#define SECOND_US     1000000u
#define NOT_SUPPORTED UINT64_MAX
#define INVALID       ((uint64_t)-2)

static KEPT struct watchdog {
    struct timer timer;
    uint64_t seconds; /* 0: not set yet */
} watchdogs[PB_MAX_VMS];

static void feed(struct watchdog *dog)
{
    timer_start(&dog->timer, dog->seconds * SECOND_US);
}

static bool (*bite)(struct vm *vm);

static void expired(struct timer *timer)
{
    struct vm *vm = timer->owner;

    if (!bite(vm)) {
        feed(&watchdogs[vm->id]);
    }
}

/* Those that ran when this service started again have their whole time once more. */
static void begin(struct watchdog *dog)
{
    const bool ran = dog->timer.running && restart_kind() == RESTART_KEEPS;

    dog->timer.running = false;
    if (ran) {
        feed(dog);
    }
}

void watchdog_init(bool (*to_bite)(struct vm *vm))
{
    bite = to_bite;
    for (unsigned i = 0; i < PB_MAX_VMS; i++) {
        begin(&watchdogs[i]);
    }
}

static uint64_t enable(struct watchdog *dog, uint64_t on)
{
    if (on > 1 || !dog->seconds) {
        return INVALID;
    }
    if (on) {
        feed(dog);
    } else {
        timer_stop(&dog->timer);
    }
    return 0;
}

static uint64_t set_timeout(struct watchdog *dog, uint64_t seconds)
{
    if (seconds < SHORTEST || seconds > LONGEST) {
        return INVALID;
    }
    dog->seconds = seconds;
    if (dog->timer.running) {
        feed(dog);
    }
    return 0;
}

static uint64_t left(const struct watchdog *dog)
{
    const uint64_t now = clock_us();

    if (!dog->timer.running || dog->timer.due_us <= now) {
        return 0;
    }
    return (dog->timer.due_us - now + SECOND_US - 1) / SECOND_US;
}

void watchdog_call(struct vm *vm, uint64_t x1, uint64_t x2, uint64_t result[4])
{
    struct watchdog *dog = &watchdogs[vm->id];

    dog->timer.fire = expired;
    dog->timer.owner = vm;
    switch (x1) {
    case INIT:
        result[1] = SHORTEST;
        result[2] = LONGEST;
        break;
    case SET_TIMEOUT:
        result[0] = set_timeout(dog, x2);
        break;
    case ENABLE:
        result[0] = enable(dog, x2);
        break;
    case PET:
        if (dog->timer.running) {
            feed(dog);
        }
        break;
    case GET_TIMELEFT:
        result[1] = left(dog);
        break;
    default:
        result[0] = NOT_SUPPORTED;
    }
}

void watchdog_reset_vm(struct vm *vm)
{
    timer_stop(&watchdogs[vm->id].timer);
    watchdogs[vm->id].seconds = 0;
}
