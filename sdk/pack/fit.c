/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <libfdt.h>

#include "error.h"
#include "fdtwrite.h"
#include "fit.h"

#define TREE_MAX 0x2000u

static const struct part {
    const char *node;
    const char *type;
    gboolean entered;
} parts[FIT_PARTS] = {
    [FIT_KERNEL] = {"kernel", "kernel", TRUE},
    [FIT_FDT] = {"fdt", "flat_dt", FALSE},
    [FIT_RAMDISK] = {"ramdisk", "ramdisk", FALSE},
};

static guint64 load_address(const struct pack_place *place, enum fit_part part)
{
    const guint64 address[FIT_PARTS] = {
        [FIT_KERNEL] = place->kernel_ipa,
        [FIT_FDT] = place->dtb_ipa,
        [FIT_RAMDISK] = place->initrd_ipa,
    };

    return address[part];
}

static guint64 align_up(guint64 value)
{
    return (value + FIT_ALIGN - 1) & ~(FIT_ALIGN - 1);
}

static void write_image(struct pack_fdt *fdt, enum fit_part part, guint64 offset, gsize size,
                        guint64 load, guint64 entry, enum pack_arch arch)
{
    pack_fdt_node(fdt, parts[part].node);
    pack_fdt_string(fdt, "description", parts[part].node);
    pack_fdt_string(fdt, "type", parts[part].type);
    pack_fdt_string(fdt, "arch", pack_arch_name(arch));
    pack_fdt_string(fdt, "os", "linux");
    pack_fdt_string(fdt, "compression", "none");
    pack_fdt_u64(fdt, "load", load);
    if (parts[part].entered) {
        pack_fdt_u64(fdt, "entry", entry);
    }
    pack_fdt_u32(fdt, "data-offset", (guint32)offset);
    pack_fdt_u32(fdt, "data-size", (guint32)size);
    pack_fdt_end_node(fdt);
}

static void write_configuration(struct pack_fdt *fdt, const struct pack_fit *fit)
{
    pack_fdt_node(fdt, "configurations");
    pack_fdt_string(fdt, "default", "default");
    pack_fdt_node(fdt, "default");
    for (guint i = 0; i < FIT_PARTS; i++) {
        if (fit->data[i]) {
            pack_fdt_string(fdt, parts[i].node, parts[i].node);
        }
    }
    pack_fdt_end_node(fdt);
    pack_fdt_end_node(fdt);
}

static GBytes *pad(GBytes *tree)
{
    gsize size;
    const void *data = g_bytes_get_data(tree, &size);
    guint8 *padded = g_malloc0(align_up(size));

    memcpy(padded, data, size);
    g_bytes_unref(tree);
    return g_bytes_new_take(padded, align_up(size));
}

static gboolean write_tree(struct pack_fit *fit, const struct pack_plan *plan, guint vm,
                           GError **error)
{
    const struct pack_vm *config = &plan->handset->vm[vm];
    struct pack_fdt fdt;
    guint64 offset = 0;

    pack_fdt_begin(&fdt, TREE_MAX);
    pack_fdt_string(&fdt, "description", config->name);
    pack_fdt_u32(&fdt, "#address-cells", 2);
    pack_fdt_node(&fdt, "images");
    for (guint i = 0; i < FIT_PARTS; i++) {
        if (!fit->data[i]) {
            continue;
        }
        fit->offset[i] = offset;
        write_image(&fdt, i, offset, g_bytes_get_size(fit->data[i]),
                    load_address(&plan->place[vm], i), plan->place[vm].entry_ipa, config->arch);
        offset = align_up(offset + g_bytes_get_size(fit->data[i]));
    }
    pack_fdt_end_node(&fdt);
    write_configuration(&fdt, fit);
    fit->tree = pack_fdt_end(&fdt, config->name, error);
    if (!fit->tree) {
        return FALSE;
    }
    fit->tree = pad(fit->tree);
    fit->size = g_bytes_get_size(fit->tree) + offset;
    for (guint i = 0; i < FIT_PARTS; i++) {
        fit->offset[i] += g_bytes_get_size(fit->tree);
    }
    return TRUE;
}

/* No part may reach into the next one or out of RAM when it is loaded. */
static gboolean check_room(const struct pack_fit *fit, const struct pack_plan *plan, guint vm,
                           GError **error)
{
    const struct pack_vm *config = &plan->handset->vm[vm];
    const struct pack_place *place = &plan->place[vm];

    for (guint i = 0; i < FIT_PARTS; i++) {
        guint64 start = load_address(place, i), end = place->ram_ipa + config->memory;

        if (!fit->data[i]) {
            continue;
        }
        for (guint other = 0; other < FIT_PARTS; other++) {
            if (fit->data[other] && load_address(place, other) > start) {
                end = MIN(end, load_address(place, other));
            }
        }
        if (g_bytes_get_size(fit->data[i]) > end - start) {
            return pack_fail(
                error, "%s: [vm %s] %s: larger than its room of %u MiB; make it smaller",
                plan->handset->file, config->name, parts[i].node, (guint)((end - start) >> 20));
        }
    }
    return TRUE;
}

gboolean pack_fit_make(struct pack_fit *fit, const struct pack_plan *plan, guint vm, GBytes *kernel,
                       GBytes *initrd, GBytes *dtb, GError **error)
{
    memset(fit, 0, sizeof(*fit));
    fit->data[FIT_KERNEL] = g_bytes_ref(kernel);
    fit->data[FIT_FDT] = g_bytes_ref(dtb);
    fit->data[FIT_RAMDISK] = initrd ? g_bytes_ref(initrd) : NULL;
    return check_room(fit, plan, vm, error) && write_tree(fit, plan, vm, error);
}

void pack_fit_finish(struct pack_fit *fit)
{
    g_clear_pointer(&fit->tree, g_bytes_unref);
    for (guint i = 0; i < FIT_PARTS; i++) {
        g_clear_pointer(&fit->data[i], g_bytes_unref);
    }
}
