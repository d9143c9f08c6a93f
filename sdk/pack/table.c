/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "cpu_model.h"
#include "el2.h"
#include "error.h"
#include "phonebooth/measure.h"
#include "stage2.h"
#include "table.h"

#define MPIDR_AFFINITY 0xff00ffffffull

#define TABLES_OFFSET ((sizeof(struct pb_table) + S2_PAGE - 1) & ~(S2_PAGE - 1))

/* docs/board/dma-firewall.md */
#define FIREWALL_CTRL    0x008
#define FIREWALL_WINDOWS 0x100
#define FIREWALL_WINDOW  0x10

#define UNUSED_PAGE \
    (PB_TABLE_PA + PB_TABLE_MAX - S2_PAGE) /* for what is not there: firewall, UART, owner */

struct builder {
    const struct pack_plan *plan;
    struct pb_table table;
    struct pack_s2 s2;
    GError **error;
};

static guint64 firewall_page(const struct builder *b)
{
    return b->plan->board->firewall ? b->plan->board->firewall : UNUSED_PAGE;
}

static gboolean add_route(struct builder *b, guint32 pintid, guint32 vintid, guint vm,
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

static gboolean map(struct builder *b, guint vm, guint64 ipa, guint64 pa, guint64 size,
                    guint64 attributes)
{
    size = (size + S2_PAGE - 1) & ~(S2_PAGE - 1);
    return pack_s2_map(&b->s2, b->table.vm[vm].s2_root, ipa, pa, size, attributes, b->error);
}

/* A device at its own address with its own interrupt numbers. */
static gboolean give_device(struct builder *b, guint vm, const struct pack_device *device)
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

static gboolean give_uart_to_guest(struct builder *b, guint vm, const struct pack_device *uart)
{
    if (!map(b, vm, PERSONA_UART | b->plan->place[vm].devices, uart->reg.base, S2_PAGE,
             S2_DEVICE)) {
        return FALSE;
    }
    return !uart->irqs ||
           add_route(b, uart->irq[0].intid, FIRST_SPI + PERSONA_UART_SPI, vm, uart->irq[0].edge);
}

enum trap { IGNORED, FORWARDED };

static gboolean add_trap(struct builder *b, guint vm, guint64 ipa, guint64 size, enum trap what)
{
    struct pb_table *table = &b->table;

    if (table->trap_count == PB_MAX_TRAPS) {
        return pack_fail(b->error, "more than %d emulated ranges; remove a VM", PB_MAX_TRAPS);
    }
    table->trap[table->trap_count++] =
        (struct pb_trap){.ipa = ipa, .size = size, .vm = vm, .forward = what == FORWARDED};
    return TRUE;
}

static gboolean switchboard_has_clock(const struct builder *b)
{
    int device = pack_board_find_device(b->plan->board, b->plan->board->rtc.name);

    return device >= 0 && b->plan->owner[device] == b->plan->switchboard;
}

static gboolean give_clock_to_guest(struct builder *b, guint vm)
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

static gboolean map_ram(struct builder *b, guint vm)
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
static gboolean map_flash(struct builder *b, guint vm)
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
static gboolean map_measure(struct builder *b, guint id)
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

static gboolean map_guest(struct builder *b, guint vm)
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
    return give_clock_to_guest(b, vm);
}

/* At the board's addresses: its UARTs and devices, and its RAM. */
static gboolean map_service(struct builder *b, guint vm)
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
static gboolean map_switchboard(struct builder *b, guint vm)
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

static void fill_vcpus(struct builder *b, guint vm)
{
    const struct pack_vm *config = &b->plan->handset->vm[vm];
    struct pb_table *table = &b->table;

    table->vm[vm].vcpu_first = table->vcpu_count;
    table->vm[vm].vcpu_count = config->vcpus;
    for (guint i = 0; i < config->vcpus; i++) {
        table->vcpu[table->vcpu_count++] = (struct pb_vcpu){
            .vm = vm,
            .index = i,
            .pcpu = config->pcpu[i],
            .priority = config->priority,
            .slice_us = config->slice_us,
            .period_us = config->period_us,
        };
    }
}

static void fill_vm(struct builder *b, guint id)
{
    const struct pack_plan *plan = b->plan;
    const struct pack_vm *config = &plan->handset->vm[id];
    const struct pack_place *place = &plan->place[id];
    struct pb_vm *vm = &b->table.vm[id];
    gboolean is_service = pb_kind_is_service(config->kind);
    gboolean served = pack_plan_is_served(plan, id);

    g_strlcpy(vm->name, config->name, sizeof(vm->name));
    vm->flags = ((int)id == plan->switchboard ? PB_VM_PRIVILEGED : 0) |
                (is_service ? PB_VM_SHARE_ALL : 0) | (served ? 0 : PB_VM_AUTOSTART) |
                (served && config->share_all ? PB_VM_SHARE_ALL : 0) |
                (config->arch == PACK_ARM ? PB_VM_A32 : 0);
    vm->owner = served ? (guint)plan->switchboard : id;
    vm->s2_root = pack_s2_new_root(&b->s2);
    vm->owner_s2_root = served ? b->table.vm[plan->switchboard].s2_root : 0;
    vm->entry = place->entry_ipa;
    vm->x0 = place->dtb_ipa;
    vm->ram_ipa = place->ram_ipa;
    vm->ram_pa = place->ram_pa;
    vm->ram_size = config->memory;
    vm->gicd_ipa = is_service ? plan->board->gicd.base : PERSONA_GICD | place->devices;
    vm->gicr_ipa = is_service ? plan->board->gicr.base : PERSONA_GICR | place->devices;
    vm->vio_ipa = place->vio_pa ? PERSONA_VIO | place->devices : 0;
    vm->vio_pa = place->vio_pa;
    vm->page_pa = place->page_pa ? place->page_pa : UNUSED_PAGE;
    vm->vio_intid = place->vio_pa ? FIRST_SPI + PERSONA_VIO_SPI : 0;
    vm->doorbell = place->doorbell;
    vm->l3_pa = place->l3_pa;
    pack_cpu_reset(vm);
}

/* What a service's devices may touch: its own RAM, and the switchboard's that of others, while it
 * is lent. */
static void fill_windows(struct builder *b)
{
    const struct pack_plan *plan = b->plan;

    for (guint i = 0; i < plan->handset->vms; i++) {
        struct pb_vm *vm = &b->table.vm[i];

        vm->window = firewall_page(b) + FIREWALL_WINDOWS + i * FIREWALL_WINDOW;
        vm->window_pages = vm->ram_pa / S2_PAGE | ((vm->ram_pa + vm->ram_size) / S2_PAGE - 1) << 32;
        vm->window_allow = pack_plan_dma(plan, vm->owner);
    }
}

/* Aff3, Aff2, Aff1 and a bit for Aff0 (Arm IHI 0069, 12.2.20); Aff0 is below 16. */
static guint64 sgi1r(guint64 mpidr)
{
    return (mpidr >> 32 & 0xff) << 48 | (mpidr >> 16 & 0xff) << 32 | (mpidr >> 8 & 0xff) << 16 |
           1ull << (mpidr & 15);
}

static void fill_header(struct builder *b)
{
    const struct pack_plan *plan = b->plan;
    struct pb_table *table = &b->table;

    table->magic = PB_TABLE_MAGIC;
    table->version = PB_TABLE_VERSION;
    pack_cpu_model(table->id);
    table->size = TABLES_OFFSET + b->s2.tables->len;
    table->pcpus = plan->board->cpus;
    table->gicd = plan->board->gicd.base;
    table->gicr = plan->board->gicr.base;
    table->firewall_ctrl = firewall_page(b) + FIREWALL_CTRL;
    for (guint i = 0; i < table->pcpus; i++) {
        table->mpidr[i] = plan->board->mpidr[i] & MPIDR_AFFINITY;
        table->sgi1r[i] = sgi1r(table->mpidr[i]);
    }
    table->vm_count = plan->handset->vms;
}

static gboolean map_el2(struct builder *b)
{
    int n = b->plan->handset->el2_uart;
    guint64 uart = n == PACK_NO_UART ? 0 : b->plan->board->uart[n].reg.base;

    b->table.uart = uart ? uart : UNUSED_PAGE;
    return pack_el2_map(&b->s2, b->plan, uart, &b->table.el2_root, b->error);
}

static gboolean map_vm(struct builder *b, guint vm)
{
    if ((int)vm == b->plan->switchboard) {
        return map_switchboard(b, vm);
    }
    return pb_kind_is_service(b->plan->handset->vm[vm].kind) ? map_service(b, vm)
                                                             : map_guest(b, vm);
}

static gboolean fill(struct builder *b)
{
    for (guint i = 0; i < b->plan->handset->vms; i++) {
        fill_vm(b, i);
        fill_vcpus(b, i);
    }
    for (guint i = 0; i < b->plan->handset->vms; i++) {
        if (!map_vm(b, i)) {
            g_prefix_error(b->error, "[vm %s] ", b->plan->handset->vm[i].name);
            return FALSE;
        }
    }
    if (!map_el2(b)) {
        return FALSE;
    }
    if (PB_TABLE_PA + TABLES_OFFSET + b->s2.tables->len > UNUSED_PAGE) {
        return pack_fail(b->error, "%s: the table is larger than %u bytes; use fewer VMs",
                         b->plan->handset->file, PB_TABLE_MAX);
    }
    fill_windows(b);
    fill_header(b);
    return TRUE;
}

GBytes *pack_table_make(const struct pack_plan *plan, GError **error)
{
    struct builder b = {.plan = plan, .error = error};
    GByteArray *file;

    pack_s2_init(&b.s2, PB_TABLE_PA + TABLES_OFFSET);
    if (!fill(&b)) {
        pack_s2_finish(&b.s2);
        return NULL;
    }
    file = g_byte_array_new();
    g_byte_array_set_size(file, TABLES_OFFSET);
    memset(file->data, 0, TABLES_OFFSET);
    memcpy(file->data, &b.table, sizeof(b.table));
    g_byte_array_append(file, b.s2.tables->data, b.s2.tables->len);
    pack_s2_finish(&b.s2);
    return g_byte_array_free_to_bytes(file);
}
