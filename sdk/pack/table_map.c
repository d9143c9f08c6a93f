/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "phonebooth/measure.h"
#include "table_map.h"

static gboolean add_route(struct pack_builder *b, guint32 pintid, guint32 vintid, guint vm,
                          gboolean edge)
{
    struct pb_table *table = &b->table;

    if (pintid >= FIRST_DOORBELL) {
        return pack_fail(b->error, "%s: INTID %u: only those below %u can be given to a VM",
                         b->plan->board->file, pintid, FIRST_DOORBELL);
    }
    for (guint i = 0; i < table->route_count; i++) {
        if (table->route[i].pintid == pintid) {
            return pack_fail(b->error, "%s: INTID %u is used by two devices; correct one",
                             b->plan->board->file, pintid);
        }
    }
    if (table->route_count == PB_MAX_ROUTES) {
        return pack_fail(b->error, "%s: more than %d interrupts for VMs; disable a device",
                         b->plan->board->file, PB_MAX_ROUTES);
    }
    table->route[table->route_count++] =
        (struct pb_route){.pintid = pintid, .vintid = vintid, .vm = vm, .edge = edge};
    return TRUE;
}

static gboolean map(struct pack_builder *b, guint vm, guint64 ipa, guint64 pa, guint64 size,
                    guint64 attributes)
{
    size = (size + S2_PAGE - 1) & ~(S2_PAGE - 1);
    return pack_s2_map(&b->s2, b->table.vm[vm].s2_root, ipa, pa, size, attributes, b->error);
}

/* A device at its own address with its own interrupt numbers. */
static gboolean give_device(struct pack_builder *b, guint vm, const struct pack_device *device)
{
    if (!map(b, vm, device->reg.base, device->reg.base, device->reg.size, S2_DEVICE)) {
        return FALSE;
    }
    for (guint i = 0; i < device->irqs; i++) {
        const struct pack_irq *irq = &device->irq[i];

        if (!add_route(b, irq->intid, irq->intid, vm, irq->edge)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean give_uart_to_guest(struct pack_builder *b, guint vm, const struct pack_device *uart)
{
    if (!map(b, vm, PERSONA_UART | b->plan->place[vm].devices, uart->reg.base, S2_PAGE,
             S2_DEVICE)) {
        return FALSE;
    }
    return !uart->irqs ||
           add_route(b, uart->irq[0].intid, FIRST_SPI + PERSONA_UART_SPI, vm, uart->irq[0].edge);
}

enum trap { IGNORED, FORWARDED };

static gboolean add_trap(struct pack_builder *b, guint vm, guint64 ipa, guint64 size,
                         enum trap what)
{
    struct pb_table *table = &b->table;

    if (table->trap_count == PB_MAX_TRAPS) {
        return pack_fail(b->error, "more than %d emulated ranges; remove a VM", PB_MAX_TRAPS);
    }
    table->trap[table->trap_count++] =
        (struct pb_trap){.ipa = ipa, .size = size, .vm = vm, .forward = what == FORWARDED};
    return TRUE;
}

static gboolean switchboard_has_clock(const struct pack_builder *b)
{
    int device = pack_board_find_device(b->plan->board, b->plan->board->rtc.name);

    return device >= 0 && b->plan->owner[device] == b->plan->switchboard;
}

static gboolean give_clock_to_guest(struct pack_builder *b, guint vm)
{
    guint64 rtc = PERSONA_RTC | b->plan->place[vm].devices;

    if (!b->plan->board->has_rtc) {
        return TRUE;
    }
    if (pack_plan_is_served(b->plan, vm) && switchboard_has_clock(b)) {
        return add_trap(b, vm, rtc, S2_PAGE, FORWARDED);
    }
    return add_trap(b, vm, rtc, S2_PAGE, IGNORED) &&
           map(b, vm, rtc, b->plan->board->rtc.reg.base, S2_PAGE, S2_DEVICE_RO);
}

static gboolean give_i2c_to_guest(struct pack_builder *b, guint vm)
{
    if (pack_plan_has_i2c(b->plan, vm) &&
        !add_trap(b, vm, PERSONA_I2C | b->plan->place[vm].devices, 2 * S2_PAGE, FORWARDED)) {
        return FALSE;
    }
    return !pack_plan_has_lights(b->plan, vm) ||
           add_trap(b, vm, PERSONA_GPIO | b->plan->place[vm].devices, S2_PAGE, FORWARDED);
}

static gboolean map_ram(struct pack_builder *b, guint vm)
{
    const struct pack_place *place = &b->plan->place[vm];
    guint64 root = b->table.vm[vm].s2_root, size = pack_plan_ram(b->plan, vm);

    if (!place->l3_pa) {
        return map(b, vm, place->ram_ipa, place->ram_pa, size, S2_RAM);
    }
    return pack_s2_link(&b->s2, root, place->ram_ipa, place->l3_pa, PROTECTED_TABLES, size,
                        b->error) &&
           pack_s2_link(&b->s2, root, place->ram_ipa | PB_IPA_SHARED, place->l3_pa + S2_PAGE,
                        PROTECTED_TABLES, size, b->error);
}

/*
 * The image's writes are ignored, as if it were locked; what reads do not find is 0. The bank that
 * can be written is read from the switchboard's RAM and written through it.
 */
static gboolean map_flash(struct pack_builder *b, guint vm)
{
    const struct pack_place *place = &b->plan->place[vm];
    guint64 pa = place->ram_pa + pack_plan_ram(b->plan, vm), image = place->flash - S2_BLOCK;

    if (!place->flash) {
        return TRUE;
    }
    if (!map(b, vm, PERSONA_FLASH, pa, image, S2_FLASH)) {
        return FALSE;
    }
    for (guint64 at = image; at < PERSONA_FLASH_SIZE; at += S2_BLOCK) {
        gboolean own = place->bank_pa && at == PERSONA_FLASH_BANK;

        if (!map(b, vm, PERSONA_FLASH + at, own ? place->bank_pa : pa + image, S2_BLOCK,
                 S2_FLASH)) {
            return FALSE;
        }
    }
    return (!place->bank_pa || add_trap(b, vm, PERSONA_FLASH_BANK, PERSONA_FLASH_OWN, FORWARDED)) &&
           add_trap(b, vm, PERSONA_FLASH, PERSONA_FLASH_SIZE, IGNORED);
}

/* What a measured VM starts with is EL2's: nobody can write it. */
static gboolean map_measure(struct pack_builder *b, guint id)
{
    const struct pack_place *place = &b->plan->place[id];
    struct pb_vm *vm = &b->table.vm[id];

    if (!place->measure) {
        return TRUE;
    }
    vm->flags |= PB_VM_MEASURED;
    vm->entry = PB_MEASURE_IPA;
    vm->x0 = PB_MEASURE_IPA + PB_MEASURE_PROGRAM;
    memcpy(vm->rim, place->rim, sizeof(place->rim));
    return map(b, id, PB_MEASURE_IPA, pack_s2_add(&b->s2, place->measure),
               g_bytes_get_size(place->measure), S2_CODE);
}

static gboolean map_guest(struct pack_builder *b, guint vm)
{
    const struct pack_place *place = &b->plan->place[vm];
    int uart = b->plan->handset->vm[vm].uart;

    if (!map_ram(b, vm) || !map_flash(b, vm) || !map_measure(b, vm)) {
        return FALSE;
    }
    if (uart != PACK_NO_UART && !give_uart_to_guest(b, vm, &b->plan->board->uart[uart])) {
        return FALSE;
    }
    if (place->vio_pa &&
        !map(b, vm, PERSONA_VIO | place->devices, place->vio_pa, VIO_PAGES_SIZE, S2_RAM_READ)) {
        return FALSE;
    }
    return give_clock_to_guest(b, vm) && give_i2c_to_guest(b, vm);
}

/* At the board's addresses: its UARTs and devices, and its RAM. */
static gboolean map_service(struct pack_builder *b, guint vm)
{
    const struct pack_plan *plan = b->plan;
    const struct pack_vm *config = &plan->handset->vm[vm];
    const int uart[] = {config->uart, config->service_uart};

    for (guint i = 0; i < G_N_ELEMENTS(uart); i++) {
        if (uart[i] != PACK_NO_UART && !give_device(b, vm, &plan->board->uart[uart[i]])) {
            return FALSE;
        }
    }
    for (guint i = 0; i < plan->board->devices; i++) {
        if (plan->owner[i] == (int)vm && !give_device(b, vm, &plan->board->device[i])) {
            return FALSE;
        }
    }
    return map(b, vm, plan->place[vm].ram_pa, plan->place[vm].ram_pa, config->memory, S2_RAM);
}

/* And the RAM of those that it serves, as long as that is lent. */
static gboolean map_switchboard(struct pack_builder *b, guint vm)
{
    const struct pack_plan *plan = b->plan;

    if (!map_service(b, vm)) {
        return FALSE;
    }
    for (guint i = 0; i < plan->handset->vms; i++) {
        guint64 pa = plan->place[i].ram_pa;

        if (pack_plan_is_served(plan, i) &&
            !map(b, vm, pa, pa, plan->handset->vm[i].memory, S2_RAM_DATA)) {
            return FALSE;
        }
    }
    return pack_s2_reserve(&b->s2, b->table.vm[vm].s2_root, plan->dram.base, plan->dram.size,
                           b->error);
}

gboolean pack_table_map_vm(struct pack_builder *b, guint vm)
{
    if ((int)vm == b->plan->switchboard) {
        return map_switchboard(b, vm);
    }
    return pb_kind_is_service(b->plan->handset->vm[vm].kind) ? map_service(b, vm)
                                                             : map_guest(b, vm);
}
