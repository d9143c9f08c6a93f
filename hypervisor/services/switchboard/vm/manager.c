/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "doorbell.h"
#include "life.h"
#include "manager.h"
#include "vms.h"
#include "watchdog.h"

#include "el1/hvc.h"
#include "el1/kept.h"
#include "el1/log.h"

#define PAUSE_TRIES 100000u

static struct {
    struct life *of[PB_MAX_VMS];
    unsigned count;
    const struct vm *first; /* it is being started, the others wait for it; NULL: no one waits */
} lives;

static struct life *life_of(const struct vm *vm)
{
    return lives.of[vm->index];
}

const char *manager_note(const struct vm *vm)
{
    const struct life *life = life_of(vm);

    if (vm->state == PB_VM_RUNNING) {
        return "starting";
    }
    if (vm->state == PB_VM_PAUSED || vm->state == PB_VM_SUSPENDED) {
        return vms_state_name(vm->state);
    }
    if (life && (life->wish->run || life->loading)) {
        return vm->state == PB_VM_STOPPED ? "restarting" : "loading";
    }
    return vm->state == PB_VM_STOPPED ? "stopping" : "off";
}

/* All that the handset wants started have been asked to. */
static KEPT bool all_started;

static void start_others(void)
{
    all_started = true;
    lives.first = NULL;
    for (unsigned i = 0; i < lives.count; i++) {
        struct life *life = lives.of[i];

        if (life->vm->autostart && !life->wish->run && !life->wish->failed) {
            manager_request(life->vm, MANAGER_START, NULL);
        }
    }
}

static void pause_or_resume(struct life *life, enum manager_verb verb)
{
    const bool pause = verb == MANAGER_PAUSE;
    int64_t result = PB_E_AGAIN;

    /* It leaves its CPUs within microseconds. */
    for (unsigned i = 0; result == PB_E_AGAIN && i < PAUSE_TRIES; i++) {
        result = hvc(pause ? PB_CALL_VM_PAUSE : PB_CALL_VM_RESUME, life->vm->id, 0, 0);
    }

    life_sync(life);
    if (result != PB_OK) {
        life_finish(life, pause ? "it is not running" : "it is not paused");
    } else {
        life_go_on(life);
    }
}

/* Its end is not expected any more. */
static void let_live(struct life *life)
{
    if (life->wish->ending) {
        life->wish->run = true;
    }
    life->wish->ending = false;
}

void manager_request(struct vm *vm, enum manager_verb verb, struct manager_ticket *ticket)
{
    struct life *life = life_of(vm);

    life_finish(life, "another request came");
    let_live(life);
    life->ticket = ticket;
    if (verb == MANAGER_PAUSE || verb == MANAGER_RESUME) {
        pause_or_resume(life, verb);
        return;
    }
    life->wish->run = verb != MANAGER_STOP;
    life->wish->again = verb == MANAGER_RESTART && vm->state != PB_VM_OFF;
    life->wish->failed = false;
    life_go_on(life);
}

void manager_wake(struct vm *vm, const char *why)
{
    if (vm->state == PB_VM_SUSPENDED) {
        log_line("%s: woken by %s", vm->name, why);
        manager_request(vm, MANAGER_RESUME, NULL);
    }
}

void manager_expect_end(struct vm *vm, struct manager_ticket *ticket)
{
    struct life *life = life_of(vm);

    life_finish(life, "another request came");
    life->ticket = ticket;
    life->wish->run = false;
    life->wish->again = false;
    life->wish->ending = vm->state != PB_VM_OFF && vm->state != PB_VM_STOPPED;
    life_go_on(life);
}

void manager_give_up(struct vm *vm, const char *wrong)
{
    struct life *life = life_of(vm);

    let_live(life);
    life_finish(life, wrong);
}

void manager_favour(struct vm *vm)
{
    hvc(PB_CALL_VM_FRONT, vm->id, 0, 0);
    manager_wake(vm, "its coming to the front");
}

static void look(struct vm *vm)
{
    life_sync(life_of(vm));
}

/* Its watchdog expired: it stops and starts again. Not if it does not run, for whatever reason. */
static bool bite(struct vm *vm)
{
    look(vm);
    if (vm->state != PB_VM_RUNNING) {
        return false;
    }
    hvc(PB_CALL_VM_STOP, vm->id, 0, 0);
    vm->page->reason = PB_REASON_WATCHDOG;
    look(vm);
    return true;
}

static void settled(struct life *life)
{
    if (life->vm == lives.first) {
        start_others();
    }
}

void manager_init(const struct manager_observer *observer)
{
    struct vm *vm;

    watchdog_init(bite);
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        lives.of[vm->index] = life_new(vm, observer, settled);
        lives.count++;
        doorbell_init(vm, look);
    }
}

void manager_go_on(void)
{
    for (unsigned i = 0; i < lives.count; i++) {
        life_go_on(lives.of[i]);
    }
    if (!all_started) {
        start_others();
    }
    doorbell_look();
}

void manager_autostart(struct vm *front)
{
    all_started = false;
    if (!front || !front->autostart) {
        start_others();
        return;
    }
    lives.first = front;
    manager_favour(front);
    manager_request(front, MANAGER_START, NULL);
}
