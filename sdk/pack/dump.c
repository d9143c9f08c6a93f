/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "error.h"
#include "stage2.h"
#include "table.h"

/* Tables outside this one are those of protected VMs. */
static gboolean visit_check(guint64 ipa, guint64 pa, guint64 size, guint64 attributes,
                            gpointer user)
{
    const struct pb_vm *vm = user;

    (void)ipa, (void)size;
    return attributes != S2_PAGES ||
           (vm->l3_pa && pa - vm->l3_pa < vm->ram_size / S2_BLOCK * PROTECTED_TABLES);
}

const struct pb_table *pack_table_check(const void *data, gsize size, const char *file,
                                        GError **error)
{
    const struct pb_table *table = data;

    if (size < sizeof(*table) || table->magic != PB_TABLE_MAGIC ||
        table->version != PB_TABLE_VERSION || table->size != size) {
        pack_fail(error, "%s: not a table of version %u; make it with `pack build`", file,
                  PB_TABLE_VERSION);
        return NULL;
    }
    if (table->pcpus > PB_MAX_PCPUS || table->vm_count > PB_MAX_VMS ||
        table->vcpu_count > PB_MAX_VCPUS || table->route_count > PB_MAX_ROUTES ||
        table->trap_count > PB_MAX_TRAPS) {
        pack_fail(error, "%s: a count is too large; make the table again", file);
        return NULL;
    }
    for (guint i = 0; i < table->vm_count; i++) {
        if (!memchr(table->vm[i].name, 0, sizeof(table->vm[i].name)) ||
            !pack_s2_walk(data, size, PB_TABLE_PA, table->vm[i].s2_root, visit_check,
                          (gpointer)&table->vm[i])) {
            pack_fail(error, "%s: VM %u is damaged; make the table again", file, i);
            return NULL;
        }
    }
    return table;
}

/* Neighbouring mappings with the same attributes, printed as one line. */
struct run {
    GString *out;
    guint64 ipa, pa, size, attributes;
    guint blocks, pages;
};

static void print_run(struct run *run)
{
    guint64 a = run->attributes;

    if (!run->size) {
        return;
    }
    if (a == S2_PAGES) {
        g_string_append_printf(run->out, "    ipa 0x%010" PRIx64 " tables at 0x%010" PRIx64 "\n",
                               run->ipa, run->pa);
        return;
    }
    g_string_append_printf(run->out,
                           "    ipa 0x%010" PRIx64 " pa 0x%010" PRIx64 " size 0x%09" PRIx64
                           " %c%c%c %-6s %u blocks %u pages\n",
                           run->ipa, run->pa, run->size, a & S2_READ ? 'r' : '-',
                           a & S2_WRITE ? 'w' : '-', a & S2_XN ? '-' : 'x',
                           (a & S2_NORMAL_WB) == S2_NORMAL_WB ? "normal" : "device", run->blocks,
                           run->pages);
}

static gboolean visit_run(guint64 ipa, guint64 pa, guint64 size, guint64 attributes, gpointer user)
{
    struct run *run = user;

    guint64 next = attributes == S2_PAGES ? pa : run->pa + run->size;

    if (!run->size || run->ipa + run->size != ipa || next != pa || run->attributes != attributes) {
        print_run(run);
        *run = (struct run){.out = run->out, .ipa = ipa, .pa = pa, .attributes = attributes};
    }
    run->size += size;
    run->blocks += size == S2_BLOCK;
    run->pages += size == S2_PAGE;
    return TRUE;
}

static void dump_vm(const struct pb_table *table, guint id, GString *out)
{
    const struct pb_vm *vm = &table->vm[id];
    struct run run = {.out = out};

    g_string_append_printf(
        out, "vm %u %s:%s%s%s%s%s owner %u, doorbell %u\n", id, vm->name,
        vm->flags & PB_VM_PRIVILEGED ? " privileged" : "",
        vm->flags & PB_VM_AUTOSTART ? " autostart" : "",
        vm->flags & PB_VM_SHARE_ALL ? " share-all" : "", vm->flags & PB_VM_A32 ? " a32" : "",
        vm->l3_pa ? vm->flags & PB_VM_MEASURED ? " protected measured" : " protected" : "",
        vm->owner, vm->doorbell);
    g_string_append_printf(out,
                           "  ram ipa 0x%" PRIx64 " pa 0x%" PRIx64 " %" PRIu64
                           " MiB; entry 0x%" PRIx64 " x0 0x%" PRIx64 "\n",
                           vm->ram_ipa, vm->ram_pa, vm->ram_size >> 20, vm->entry, vm->x0);
    g_string_append_printf(out,
                           "  gicd 0x%" PRIx64 " gicr 0x%" PRIx64 "; vio ipa 0x%" PRIx64
                           " pa 0x%" PRIx64 " intid %u; page 0x%" PRIx64 "\n",
                           vm->gicd_ipa, vm->gicr_ipa, vm->vio_ipa, vm->vio_pa, vm->vio_intid,
                           vm->page_pa);
    g_string_append_printf(out,
                           "  dma window at 0x%" PRIx64 ": limit and base page 0x%016" PRIx64
                           ", allow 0x%08" PRIx64 "\n",
                           vm->window, vm->window_pages, vm->window_allow);
    g_string_append_printf(out, "  stage 2 at 0x%" PRIx64 ", in the owner 0x%" PRIx64 "\n",
                           vm->s2_root, vm->owner_s2_root);
    pack_s2_walk(table, table->size, PB_TABLE_PA, vm->s2_root, visit_run, &run);
    print_run(&run);
}

void pack_table_dump(const struct pb_table *table, GString *out)
{
    g_string_append_printf(out,
                           "table version %u, %u bytes; %u CPUs, gicd 0x%" PRIx64
                           ", gicr 0x%" PRIx64 ", uart 0x%" PRIx64 "\n",
                           table->version, table->size, table->pcpus, table->gicd, table->gicr,
                           table->uart);
    g_string_append_printf(out, "EL2's own table 0x%" PRIx64 "\n", table->el2_root);
    g_string_append_printf(out, "dma firewall ctrl 0x%" PRIx64 "\n", table->firewall_ctrl);
    for (guint i = 0; i < table->vm_count; i++) {
        dump_vm(table, i, out);
    }
    for (guint i = 0; i < table->vcpu_count; i++) {
        const struct pb_vcpu *vcpu = &table->vcpu[i];

        g_string_append_printf(out, "vcpu %u: vm %u.%u on CPU %u, priority %u, slice %u us", i,
                               vcpu->vm, vcpu->index, vcpu->pcpu, vcpu->priority, vcpu->slice_us);
        if (vcpu->period_us) {
            g_string_append_printf(out, " of each %u us", vcpu->period_us);
        }
        g_string_append_c(out, '\n');
    }
    for (guint i = 0; i < table->route_count; i++) {
        g_string_append_printf(out, "route: INTID %u -> vm %u INTID %u, %s\n",
                               table->route[i].pintid, table->route[i].vm, table->route[i].vintid,
                               table->route[i].edge ? "edge" : "level");
    }
    for (guint i = 0; i < table->trap_count; i++) {
        g_string_append_printf(out, "%s: vm %u ipa 0x%" PRIx64 " size 0x%" PRIx64 "\n",
                               table->trap[i].forward ? "forwarded" : "ignored", table->trap[i].vm,
                               table->trap[i].ipa, table->trap[i].size);
    }
}
