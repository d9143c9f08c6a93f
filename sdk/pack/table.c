/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "cpu_model.h"
#include "el2.h"
#include "error.h"
#include "stage2.h"
#include "table.h"
#include "table_map.h"

#define MPIDR_AFFINITY 0xff00ffffffull

#define TABLES_OFFSET ((sizeof(struct pb_table) + S2_PAGE - 1) & ~(S2_PAGE - 1))

/* docs/board/dma-firewall.md */
#define FIREWALL_CTRL    0x008
#define FIREWALL_WINDOWS 0x100
#define FIREWALL_WINDOW  0x10

#define UNUSED_PAGE \
    (PB_TABLE_PA + PB_TABLE_MAX - S2_PAGE) /* for what is not there: firewall, UART, owner */

static guint64 firewall_page(const struct pack_builder *b)
{
    return b->plan->board->firewall ? b->plan->board->firewall : UNUSED_PAGE;
}

static void fill_vcpus(struct pack_builder *b, guint vm)
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

static void fill_vm(struct pack_builder *b, guint id)
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
static void fill_windows(struct pack_builder *b)
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

static void fill_header(struct pack_builder *b)
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

static gboolean map_el2(struct pack_builder *b)
{
    int n = b->plan->handset->el2_uart;
    guint64 uart = n == PACK_NO_UART ? 0 : b->plan->board->uart[n].reg.base;

    b->table.uart = uart ? uart : UNUSED_PAGE;
    return pack_el2_map(&b->s2, b->plan, uart, &b->table.el2_root, b->error);
}

static gboolean fill(struct pack_builder *b)
{
    for (guint i = 0; i < b->plan->handset->vms; i++) {
        fill_vm(b, i);
        fill_vcpus(b, i);
    }
    for (guint i = 0; i < b->plan->handset->vms; i++) {
        if (!pack_table_map_vm(b, i)) {
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
    struct pack_builder b = {.plan = plan, .error = error};
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
