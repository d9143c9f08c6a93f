/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "doorbell.h"
#include "loader.h"
#include "manager.h"
#include "vms.h"
#include "watchdog.h"

#include "el1/hvc.h"
#include "el1/log.h"
#include "el1/memory.h"
#include "el1/timers.h"

#define RETRY_US    1000u
#define PAUSE_TRIES 100000u

struct manager {
    struct vm *vm;
    bool want;    /* it shall run */
    bool again;   /* it shall stop first */
    bool loading; /* the loader is at work */
    bool ending;  /* it shuts down by itself: it is let run */
    bool failed;  /* the last load or start went wrong: no other try by itself */
    struct manager_ticket *ticket;
    struct timer step;
    struct loader loader;
};

static struct {
    struct manager *of[PB_MAX_VMS];
    unsigned count;
    const struct vm *first; /* it is being started, the others wait for it; NULL: no one waits */
    const struct manager_observer *observer;
} managers;

static struct manager *manager_of(const struct vm *vm)
{
    return managers.of[vm->index];
}

const char *manager_note(const struct vm *vm)
{
    const struct manager *manager = manager_of(vm);

    if (vm->state == PB_VM_RUNNING) {
        return "starting";
    }
    if (vm->state == PB_VM_PAUSED || vm->state == PB_VM_SUSPENDED) {
        return vms_state_name(vm->state);
    }
    if (manager && (manager->want || manager->loading)) {
        return vm->state == PB_VM_STOPPED ? "restarting" : "loading";
    }
    return vm->state == PB_VM_STOPPED ? "stopping" : "off";
}

static void start_others(void)
{
    managers.first = NULL;
    for (unsigned i = 0; i < managers.count; i++) {
        struct manager *manager = managers.of[i];

        if (manager->vm->autostart && !manager->want && !manager->failed) {
            manager_request(manager->vm, MANAGER_START, NULL);
        }
    }
}

static void finish(struct manager *manager, const char *wrong)
{
    struct manager_ticket *ticket = manager->ticket;

    manager->ticket = NULL;
    if (ticket) {
        ticket->done(ticket, wrong);
    }
}

static void fail(struct manager *manager, const char *wrong)
{
    log_line("%s: not started: %s", manager->vm->name, wrong);
    manager->want = false;
    manager->failed = true;
    managers.observer->state(manager->vm, manager->vm->state);
    finish(manager, wrong);
    if (manager->vm == managers.first) {
        start_others();
    }
}

/* What EL2 says in the VM's page, and whose its RAM is now. */
static void take_state(struct vm *vm)
{
    vm->state = vm->page->state;
    vm->reason = vm->page->reason;
    vm->ram_here =
        vm->state == PB_VM_OFF || ((vm->share_all || vm->guard) && vm->state != PB_VM_STOPPED);
}

static void stopped(struct manager *manager)
{
    struct vm *vm = manager->vm;

    virtio_bus_reset(&vm->bus);
    vms_log_end(vm);
    if (!vms_comes_back(vm->reason) && !manager->again) {
        manager->want = false;
    }
}

/* Follows the page; what a new state means besides is done here. */
static void sync_state(struct manager *manager)
{
    struct vm *vm = manager->vm;
    const enum pb_vm_state before = vm->state;

    if (vm->page->state == before) {
        return;
    }
    if (vm->page->state == PB_VM_STOPPED) {
        vm->ram_here = false;
    }
    take_state(vm);
    if (vm->state == PB_VM_SUSPENDED || vm->state == PB_VM_STOPPED) {
        vm->bus.slept = vm->state == PB_VM_SUSPENDED;
    }
    if (vm->state == PB_VM_STOPPED) {
        stopped(manager);
    }
    managers.observer->state(vm, before);
    if (vm->state == PB_VM_STOPPED && manager->ending) {
        manager->ending = false;
        finish(manager, NULL);
    }
    timer_start(&manager->step, 0);
}

static void load(struct manager *manager)
{
    manager->loading = true;
    managers.observer->note(manager->vm);
    loader_start(&manager->loader);
}

static void loaded(struct loader *loader, const char *wrong)
{
    struct manager *manager = manager_of(loader->vm);
    const struct bundle *bundle = &loader->bundle;
    struct vm *vm = manager->vm;

    manager->loading = false;
    if (wrong) {
        fail(manager, wrong);
        return;
    }
    if (!manager->want) {
        timer_start(&manager->step, 0);
        return;
    }
    if (!vm->share_all) {
        vm->ram_here = false;
    }
    if (hvc(PB_CALL_VM_START, vm->id, bundle->entry, bundle->device_tree) != PB_OK) {
        take_state(vm);
        fail(manager, "EL2 refuses to start it");
        return;
    }
    log_line("%s: started", vm->name);
    sync_state(manager);
    if (vm == managers.first) {
        start_others();
    }
}

static void stop(struct manager *manager)
{
    const int64_t result = hvc(PB_CALL_VM_STOP, manager->vm->id, 0, 0);

    if (result == PB_E_AGAIN) {
        timer_start(&manager->step, RETRY_US);
    } else if (result == PB_OK) {
        sync_state(manager);
    } else {
        finish(manager, "EL2 refuses to stop it");
    }
}

/* A slice at a time; a wrong answer ends it, or it would go on for ever. */
static void scrub(struct manager *manager)
{
    const int64_t left = hvc(PB_CALL_VM_SCRUB, manager->vm->id, 0, 0);

    if (left == PB_E_AGAIN) {
        timer_start(&manager->step, RETRY_US);
        return;
    }
    if (left < 0) {
        finish(manager, "EL2 refuses to scrub it");
        return;
    }
    if (!left) {
        manager->again = false;
    }
    sync_state(manager);
    timer_start(&manager->step, 0);
}

/* One step towards what is wanted. */
static void step(struct timer *timer)
{
    struct manager *manager = timer->owner;
    const enum pb_vm_state state = manager->vm->state;

    if (manager->loading) {
        return;
    }
    if (state == PB_VM_STOPPED) {
        scrub(manager);
    } else if (state != PB_VM_OFF && manager->ending) {
        return;
    } else if (state != PB_VM_OFF && (!manager->want || manager->again)) {
        stop(manager);
    } else if (state == PB_VM_OFF && manager->want) {
        load(manager);
    } else {
        finish(manager, NULL);
    }
}

static void pause_or_resume(struct manager *manager, enum manager_verb verb)
{
    const bool pause = verb == MANAGER_PAUSE;
    int64_t result = PB_E_AGAIN;

    /* It leaves its CPUs within microseconds. */
    for (unsigned i = 0; result == PB_E_AGAIN && i < PAUSE_TRIES; i++) {
        result = hvc(pause ? PB_CALL_VM_PAUSE : PB_CALL_VM_RESUME, manager->vm->id, 0, 0);
    }

    sync_state(manager);
    if (result != PB_OK) {
        finish(manager, pause ? "it is not running" : "it is not paused");
    } else {
        timer_start(&manager->step, 0);
    }
}

/* Its end is not expected any more. */
static void let_live(struct manager *manager)
{
    if (manager->ending) {
        manager->want = true;
    }
    manager->ending = false;
}

void manager_request(struct vm *vm, enum manager_verb verb, struct manager_ticket *ticket)
{
    struct manager *manager = manager_of(vm);

    finish(manager, "another request came");
    let_live(manager);
    manager->ticket = ticket;
    if (verb == MANAGER_PAUSE || verb == MANAGER_RESUME) {
        pause_or_resume(manager, verb);
        return;
    }
    manager->want = verb != MANAGER_STOP;
    manager->again = verb == MANAGER_RESTART && vm->state != PB_VM_OFF;
    manager->failed = false;
    timer_start(&manager->step, 0);
}

void manager_wake(struct vm *vm)
{
    if (vm->state == PB_VM_SUSPENDED) {
        manager_request(vm, MANAGER_RESUME, NULL);
    }
}

void manager_expect_end(struct vm *vm, struct manager_ticket *ticket)
{
    struct manager *manager = manager_of(vm);

    finish(manager, "another request came");
    manager->ticket = ticket;
    manager->want = false;
    manager->again = false;
    manager->ending = vm->state != PB_VM_OFF && vm->state != PB_VM_STOPPED;
    timer_start(&manager->step, 0);
}

void manager_give_up(struct vm *vm, const char *wrong)
{
    struct manager *manager = manager_of(vm);

    let_live(manager);
    finish(manager, wrong);
}

void manager_favour(struct vm *vm)
{
    hvc(PB_CALL_VM_FRONT, vm->id, 0, 0);
    manager_wake(vm);
}

static void look(struct vm *vm)
{
    sync_state(manager_of(vm));
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

static void init_one(struct vm *vm)
{
    struct manager *manager = memory_alloc(sizeof(*manager), 8);

    manager->vm = vm;
    manager->step = (struct timer){.fire = step, .owner = manager};
    loader_init(&manager->loader, vm, loaded);
    take_state(vm);
    managers.of[vm->index] = manager;
    managers.count++;
    doorbell_init(vm, look);
}

void manager_init(const struct manager_observer *observer)
{
    struct vm *vm;

    managers.observer = observer;
    watchdog_init(bite);
    for (unsigned i = 0; (vm = vm_at(i)) != NULL; i++) {
        init_one(vm);
    }
}

void manager_autostart(struct vm *front)
{
    if (!front || !front->autostart) {
        start_others();
        return;
    }
    managers.first = front;
    manager_favour(front);
    manager_request(front, MANAGER_START, NULL);
}
