/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "typing.h"
#include "port.h"
#include "slots.h"
#include "vm/vms.h"

#include "el1/clock.h"
#include "el1/timers.h"

#define WAITING  512u /* of a persona; more than its keyboard's backlog and queue hold */
#define CHECK_US 500000u

/* What a persona's driver has not taken yet, a ring. */
static struct typing {
    struct vm *vm;
    struct waiting {
        uint32_t id, number;
        uint64_t since_us;
    } waiting[WAITING];
    unsigned first, count;
    struct timer timer;
} typings[PB_MAX_VMS];

static void ok(uint32_t id)
{
    port_send("%u ok", (unsigned)id);
}

static void take_first(struct typing *typing)
{
    typing->first = (typing->first + 1) % WAITING;
    typing->count--;
}

static bool is_taken(const struct vm *vm, uint32_t number)
{
    return (int32_t)(slots_taken(vm) - number) >= 0;
}

static void fail_all(struct typing *typing, const char *wrong)
{
    for (; typing->count; take_first(typing)) {
        port_send("%u err %s", (unsigned)typing->waiting[typing->first].id, wrong);
    }
}

static void told(struct vm *vm, bool reset)
{
    struct typing *typing = &typings[vm->index];

    if (reset) {
        fail_all(typing, "bad-state: the persona's keyboard was reset before it took this");
    }
    for (; typing->count; take_first(typing)) {
        if (!is_taken(vm, typing->waiting[typing->first].number)) {
            return;
        }
        ok(typing->waiting[typing->first].id);
    }
}

static void check(struct timer *timer)
{
    struct typing *typing = timer->owner;

    if (!typing->count) {
        return;
    }
    if (clock_us() - typing->waiting[typing->first].since_us >= TYPING_WAIT_US) {
        fail_all(typing, "timeout: the persona has not taken it yet");
    } else {
        timer_start(&typing->timer, CHECK_US);
    }
}

void typing_answer(uint32_t id, const struct input_receipt *receipt)
{
    struct typing *typing = receipt->vm ? &typings[receipt->vm->index] : NULL;

    if (!typing || typing->count == WAITING ||
        (!typing->count && is_taken(receipt->vm, receipt->number))) {
        ok(id);
        return;
    }
    typing->waiting[(typing->first + typing->count++) % WAITING] =
        (struct waiting){id, receipt->number, clock_us()};
    if (!typing->timer.running) {
        timer_start(&typing->timer, CHECK_US);
    }
}

void typing_init(void)
{
    struct vm *vm;

    slots_on_taken(told);
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        typings[vm->index].vm = vm;
        typings[vm->index].timer = (struct timer){.fire = check, .owner = &typings[vm->index]};
    }
}
