/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stddef.h>

#include "life.h"
#include "vms.h"

#include "virtio/generation.h"

#include "el1/hvc.h"
#include "el1/kept.h"
#include "el1/log.h"
#include "el1/memory.h"
#include "el1/restart.h"

#define RETRY_US 1000u

static KEPT struct wish wishes[PB_MAX_VMS]; /* by vm->index */

void life_go_on(struct life *life)
{
    timer_start(&life->step, 0);
}

void life_finish(struct life *life, const char *wrong)
{
    struct manager_ticket *ticket = life->ticket;

    life->ticket = NULL;
    if (ticket) {
        ticket->done(ticket, wrong);
    }
}

static void fail(struct life *life, const char *wrong)
{
    log_line("%s: not started: %s", life->vm->name, wrong);
    life->wish->run = false;
    life->wish->failed = true;
    life->observer->state(life->vm, life->vm->state);
    life_finish(life, wrong);
    life->settled(life);
}

static void stopped(struct life *life)
{
    struct vm *vm = life->vm;

    virtio_bus_reset(&vm->bus);
    vms_log_end(vm);
    if (!vms_comes_back(vm->reason) && !life->wish->again) {
        life->wish->run = false;
    }
}

void life_sync(struct life *life)
{
    struct vm *vm = life->vm;
    const enum pb_vm_state before = vm->state;

    if (vm->page->state == before) {
        return;
    }
    if (vm->page->state == PB_VM_STOPPED) {
        vm->ram_here = false;
    }
    vms_take_state(vm);
    if (vm->state == PB_VM_SUSPENDED || vm->state == PB_VM_STOPPED) {
        vm->bus.slept = vm->state == PB_VM_SUSPENDED;
    }
    if (vm->state == PB_VM_STOPPED) {
        stopped(life);
    }
    life->observer->state(vm, before);
    if (vm->state == PB_VM_STOPPED && life->wish->ending) {
        life->wish->ending = false;
        life_finish(life, NULL);
    }
    life_go_on(life);
}

static void load(struct life *life)
{
    life->loading = true;
    life->observer->note(life->vm);
    loader_start(&life->loader);
}

static void loaded(struct loader *loader, const char *wrong)
{
    struct life *life = (struct life *)((char *)loader - offsetof(struct life, loader));
    const struct bundle *bundle = &loader->bundle;
    struct vm *vm = life->vm;

    life->loading = false;
    if (wrong) {
        fail(life, wrong);
        return;
    }
    if (!life->wish->run) {
        life_go_on(life);
        return;
    }
    if (!vm->share_all) {
        vm->ram_here = false;
    }
    generation_renew(&vm->bus);
    if (hvc(PB_CALL_VM_START, vm->id, bundle->entry, bundle->device_tree) != PB_OK) {
        vms_take_state(vm);
        fail(life, "EL2 refuses to start it");
        return;
    }
    log_line("%s: started", vm->name);
    life_sync(life);
    life->settled(life);
}

static void stop(struct life *life)
{
    const int64_t result = hvc(PB_CALL_VM_STOP, life->vm->id, 0, 0);

    if (result == PB_E_AGAIN) {
        timer_start(&life->step, RETRY_US);
    } else if (result == PB_OK) {
        life_sync(life);
    } else {
        life_finish(life, "EL2 refuses to stop it");
    }
}

/* A slice at a time; a wrong answer ends it, or it would go on for ever. */
static void scrub(struct life *life)
{
    const int64_t left = hvc(PB_CALL_VM_SCRUB, life->vm->id, 0, 0);

    if (left == PB_E_AGAIN) {
        timer_start(&life->step, RETRY_US);
        return;
    }
    if (left < 0) {
        life_finish(life, "EL2 refuses to scrub it");
        return;
    }
    if (!left) {
        life->wish->again = false;
    }
    life_sync(life);
    life_go_on(life);
}

/* One step towards what is wanted. */
static void step(struct timer *timer)
{
    struct life *life = timer->owner;
    const enum pb_vm_state state = life->vm->state;

    if (life->loading) {
        return;
    }
    if (state == PB_VM_STOPPED) {
        scrub(life);
    } else if (state != PB_VM_OFF && life->wish->ending) {
        return;
    } else if (state != PB_VM_OFF && (!life->wish->run || life->wish->again)) {
        stop(life);
    } else if (state == PB_VM_OFF && life->wish->run) {
        load(life);
    } else {
        life_finish(life, NULL);
    }
}

/*
 * This service starts again: what is wanted of the VM has not changed, but if it cannot go on, it
 * stops and starts, too.
 */
static void adopt(struct life *life)
{
    const bool lives = life->vm->state != PB_VM_OFF && life->vm->state != PB_VM_STOPPED;

    if (restart_kind() == RESTART_POWER_ON) {
        *life->wish = (struct wish){0};
    } else if (restart_kind() == RESTART_FRESH) {
        *life->wish = (struct wish){.run = lives, .again = lives};
    }
}

struct life *life_new(struct vm *vm, const struct manager_observer *observer,
                      void (*settled)(struct life *life))
{
    struct life *life = memory_alloc(sizeof(*life), 8);

    life->vm = vm;
    life->observer = observer;
    life->settled = settled;
    life->step = (struct timer){.fire = step, .owner = life};
    loader_init(&life->loader, vm, loaded);
    life->wish = &wishes[vm->index];
    adopt(life);
    return life;
}
