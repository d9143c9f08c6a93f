/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/vlights.h"

#include "vm/line.h"
#include "vm/vgpio.h"

#include "el1/kept.h"
#include "el1/restart.h"

static KEPT struct guest {
    struct vgpio gpio;
    struct lights_state state;
    bool line;        /* as the guest's interrupt controller has it */
} guests[PB_MAX_VMS]; /* by vm->id */

static void (*changed)(struct vm *vm);

static void update_line(const struct vm *vm, struct guest *guest)
{
    line_set(vm, VM_GPIO_INTID, &guest->line, vgpio_line(&guest->gpio));
}

static void set(struct vm *vm, struct lights_state state)
{
    struct lights_state *now = &guests[vm->id].state;

    if (now->on != state.on || now->backlight != state.backlight) {
        *now = state;
        if (changed) {
            changed(vm);
        }
    }
}

void vlights_init(void (*when_changed)(struct vm *vm))
{
    for (unsigned i = 0; restart_kind() != RESTART_KEEPS && i < vm_count(); i++) {
        vlights_reset_vm(vm_at(i));
    }
    changed = when_changed;
}

uint32_t vlights_access(struct vm *vm, uint32_t offset, bool write, uint32_t value)
{
    struct guest *guest = &guests[vm->id];

    if (!write) {
        return vgpio_read(&guest->gpio, offset);
    }
    vgpio_write(&guest->gpio, offset, value);
    update_line(vm, guest);
    set(vm, (struct lights_state){vgpio_outputs(&guest->gpio) & ((1u << LIGHTS) - 1),
                                  guest->state.backlight});
    return 0;
}

struct lights_state vlights_state(const struct vm *vm)
{
    return guests[vm->id].state;
}

void vlights_backlight(struct vm *vm, uint8_t level)
{
    set(vm, (struct lights_state){guests[vm->id].state.on, level});
}

void vlights_silent(bool silent)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        struct guest *guest = &guests[vm_at(i)->id];

        vgpio_input(&guest->gpio, LIGHT_SWITCH, silent);
        if (vm_at(i)->kind == PB_KIND_PERSONA) {
            update_line(vm_at(i), guest);
        }
    }
}

void vlights_reset_vm(struct vm *vm)
{
    struct guest *guest = &guests[vm->id];

    vgpio_reset(&guest->gpio);
    guest->line = false;
    set(vm, (struct lights_state){0, UINT8_MAX});
}
