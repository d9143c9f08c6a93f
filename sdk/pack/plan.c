/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <libfdt.h>

#include "error.h"
#include "place.h"
#include "plan.h"

guint64 pack_plan_ram(const struct pack_plan *plan, guint vm)
{
    return plan->handset->vm[vm].memory - plan->place[vm].flash;
}

gboolean pack_plan_is_served(const struct pack_plan *plan, guint vm)
{
    return plan->switchboard >= 0 && !pb_kind_is_service(plan->handset->vm[vm].kind);
}

/* The VM that the bus with the board's gauge is given to; -1: no VM, or there is no gauge. */
static int gauge_owner(const struct pack_plan *plan)
{
    const void *dtb = plan->board->dtb;
    int gauge = fdt_node_offset_by_compatible(dtb, -1, "sbs,sbs-battery");
    char path[128];

    if (gauge < 0 || fdt_get_path(dtb, fdt_parent_offset(dtb, gauge), path, sizeof(path)) < 0) {
        return -1;
    }
    for (guint i = 0; i < plan->board->devices; i++) {
        if (!strcmp(plan->board->device[i].path, path)) {
            return plan->owner[i];
        }
    }
    return -1;
}

gboolean pack_plan_has_i2c(const struct pack_plan *plan, guint vm)
{
    return plan->switchboard >= 0 && plan->handset->vm[vm].kind == PB_KIND_PERSONA &&
           gauge_owner(plan) == plan->switchboard;
}

gboolean pack_plan_has_lights(const struct pack_plan *plan, guint vm)
{
    return pack_plan_has_i2c(plan, vm) &&
           fdt_node_offset_by_compatible(plan->board->dtb, -1, "ti,lp8556") >= 0;
}

gboolean pack_plan_has_sensors(const struct pack_plan *plan)
{
    return fdt_node_offset_by_compatible(plan->board->dtb, -1, "hid-over-i2c") >= 0;
}

guint32 pack_plan_dma(const struct pack_plan *plan, guint owner)
{
    guint32 allow = 0;

    for (guint i = 0; i < plan->board->devices; i++) {
        allow |= plan->owner[i] == (int)owner ? plan->board->device[i].dma : 0;
    }
    return allow;
}

static gboolean give_device(struct pack_plan *plan, guint vm, const char *name, GError **error)
{
    const struct pack_handset *handset = plan->handset;
    int device = pack_board_find_device(plan->board, name);

    if (device < 0) {
        return pack_fail(error, "%s: [vm %s] devices: the board has no part %s to give",
                         handset->file, handset->vm[vm].name, name);
    }
    if (plan->owner[device] >= 0) {
        return pack_fail(error, "%s: [vm %s] devices: %s is %s's already; give it to one VM",
                         handset->file, handset->vm[vm].name, name,
                         handset->vm[plan->owner[device]].name);
    }
    plan->owner[device] = (int)vm;
    return TRUE;
}

/* The switchboard has what it names, if it names any, or else what nobody does. */
static gboolean give_devices(struct pack_plan *plan, GError **error)
{
    const struct pack_handset *handset = plan->handset;

    for (guint i = 0; i < PACK_MAX_DEVICES; i++) {
        plan->owner[i] = -1;
    }
    for (guint i = 0; i < handset->vms; i++) {
        for (char **name = handset->vm[i].devices; name && *name; name++) {
            if (!give_device(plan, i, *name, error)) {
                return FALSE;
            }
        }
    }
    if (plan->switchboard < 0 || handset->vm[plan->switchboard].devices) {
        return TRUE;
    }
    for (guint i = 0; i < plan->board->devices; i++) {
        if (plan->owner[i] < 0 && plan->board->device[i].known) {
            plan->owner[i] = plan->switchboard;
        }
    }
    return TRUE;
}

static gboolean take_uart(const struct pack_plan *plan, guint vm, int uart, guint *taken,
                          GError **error)
{
    const struct pack_handset *handset = plan->handset;

    if (uart == PACK_NO_UART) {
        return TRUE;
    }
    if (uart >= (int)plan->board->uarts) {
        return pack_fail(error, "%s: [vm %s] uart: the board has %u; give a smaller number or none",
                         handset->file, handset->vm[vm].name, plan->board->uarts);
    }
    if (*taken & 1u << uart) {
        return pack_fail(error, "%s: [vm %s] uart: %d belongs to another VM; give each its own",
                         handset->file, handset->vm[vm].name, uart);
    }
    *taken |= 1u << uart;
    return TRUE;
}

static gboolean check_board(const struct pack_plan *plan, GError **error)
{
    const struct pack_handset *handset = plan->handset;
    guint taken = 0, vcpus = 0;

    for (guint i = 0; i < handset->vms; i++) {
        const struct pack_vm *vm = &handset->vm[i];

        if (!take_uart(plan, i, vm->uart, &taken, error) ||
            !take_uart(plan, i, vm->service_uart, &taken, error)) {
            return FALSE;
        }
        for (guint v = 0; v < vm->vcpus; v++) {
            if (vm->pcpu[v] >= plan->board->cpus) {
                return pack_fail(error, "%s: [vm %s] pcpus: the board has %u CPUs, counted from 0",
                                 handset->file, vm->name, plan->board->cpus);
            }
        }
        vcpus += vm->vcpus;
    }
    if (vcpus > PB_MAX_VCPUS) {
        return pack_fail(error, "%s: %u vCPUs in all VMs; at most %d are possible", handset->file,
                         vcpus, PB_MAX_VCPUS);
    }
    if (handset->el2_uart != PACK_NO_UART && handset->el2_uart >= (int)plan->board->uarts) {
        return pack_fail(error, "%s: [handset] el2-uart: the board has %u UARTs", handset->file,
                         plan->board->uarts);
    }
    return TRUE;
}

gboolean pack_plan_make(struct pack_plan *plan, const struct pack_board *board,
                        const struct pack_handset *handset,
                        const struct pack_image image[PB_MAX_VMS], GError **error)
{
    memset(plan, 0, sizeof(*plan));
    plan->board = board;
    plan->handset = handset;
    plan->switchboard = pack_handset_switchboard(handset);
    return check_board(plan, error) && give_devices(plan, error) &&
           pack_place_all(plan, image, error);
}
