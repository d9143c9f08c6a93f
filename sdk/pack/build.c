/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>

#include <glib/gstdio.h>

#include "build.h"
#include "disks.h"
#include "error.h"
#include "fit.h"
#include "guest_dt.h"
#include "inputs.h"
#include "kept_image.h"
#include "measure.h"
#include "options.h"
#include "output.h"
#include "phone_ini.h"
#include "plan.h"
#include "service_dt.h"
#include "stage2.h"
#include "table.h"
#include "upgrade_commit.h"

struct build {
    const char *out; /* folder */
    const char *hypervisor;
    const struct pack_options *options;
    struct pack_inputs in;
    struct pack_plan plan;
    GBytes *tree[PB_MAX_VMS]; /* device trees */
    struct pack_fit fit[PB_MAX_VMS];
    struct pack_disks disks;
    GArray *loads; /* struct pack_load */
};

static gboolean write_file(const struct build *b, const char *name, GBytes *bytes, GError **error)
{
    g_autofree char *path = g_build_filename(b->out, name, NULL);

    return pack_output_bytes(path, bytes, error);
}

/* Writes file `name` and has the loader put it at physical address `address`. */
static gboolean write_load(struct build *b, const char *name, GBytes *bytes, guint64 address,
                           GError **error)
{
    struct pack_load load = {
        .file = g_strdup(name), .address = address, .size = g_bytes_get_size(bytes)};

    g_array_append_val(b->loads, load);
    return write_file(b, name, bytes, error);
}

/* What a protected VM may reach, page by page: EL2 changes it, nobody else sees it. */
static gboolean write_protected_tables(struct build *b, guint vm, GError **error)
{
    const struct pack_place *place = &b->plan.place[vm];
    g_autofree char *name = g_strdup_printf("%s.pages", b->in.handset.vm[vm].name);
    g_autoptr(GBytes) tables = NULL;

    if (!place->l3_pa) {
        return TRUE;
    }
    tables = pack_s2_protected(place->ram_pa, b->in.handset.vm[vm].memory);
    return write_load(b, name, tables, place->l3_pa, error);
}

static gboolean make_guest(struct build *b, guint vm, GError **error)
{
    gsize initrd = b->in.files[vm].initrd ? g_bytes_get_size(b->in.files[vm].initrd) : 0;

    b->tree[vm] = pack_guest_dt_make(&b->plan, vm, initrd, error);
    if (b->tree[vm] && b->in.measure && b->plan.place[vm].l3_pa &&
        !pack_measure(&b->plan, vm, b->in.measure, b->in.files[vm].program, b->in.files[vm].initrd,
                      b->tree[vm], error)) {
        return FALSE;
    }
    return b->tree[vm] && pack_fit_make(&b->fit[vm], &b->plan, vm, b->in.files[vm].program,
                                        b->in.files[vm].initrd, b->tree[vm], error);
}

static gboolean make_guests(struct build *b, GError **error)
{
    for (guint i = 0; i < b->in.handset.vms; i++) {
        if (!pb_kind_is_service(b->in.handset.vm[i].kind) && !make_guest(b, i, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_guest_files(struct build *b, guint vm, GError **error)
{
    const struct pack_place *place = &b->plan.place[vm];
    const char *name = b->in.handset.vm[vm].name;
    GBytes *const bytes[] = {b->in.files[vm].program, b->in.files[vm].initrd, b->tree[vm]};
    const char *const suffix[] = {"bin", "initrd", "dtb"};
    const guint64 ipa[] = {place->kernel_ipa, place->initrd_ipa, place->dtb_ipa};

    for (guint i = 0; i < G_N_ELEMENTS(bytes); i++) {
        g_autofree char *file = g_strdup_printf("%s.%s", name, suffix[i]);

        if (bytes[i] &&
            !write_load(b, file, bytes[i], ipa[i] - place->ram_ipa + place->ram_pa, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_guests(struct build *b, GError **error)
{
    for (guint i = 0; i < b->in.handset.vms; i++) {
        if (pb_kind_is_service(b->in.handset.vm[i].kind)) {
            continue;
        }
        if (!write_protected_tables(b, i, error)) {
            return FALSE;
        }
        if (!pack_plan_is_served(&b->plan, i)) {
            if (!write_guest_files(b, i, error)) {
                return FALSE;
            }
            continue;
        }
        pack_disks_add(&b->disks, &b->in, i, &b->fit[i]);
        if (!pack_disks_make_data(&b->disks, &b->plan, i, b->out, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* NAME.bin and NAME.dtb of a service; the loader places them, EL2 starts it. */
static gboolean write_service(struct build *b, guint vm, GError **error)
{
    const struct pack_place *place = &b->plan.place[vm];
    const char *name = (int)vm == b->plan.switchboard ? "switchboard" : b->in.handset.vm[vm].name;
    g_autofree char *program = g_strdup_printf("%s.bin", name);
    g_autofree char *tree = g_strdup_printf("%s.dtb", name);

    b->tree[vm] =
        pack_service_dt_make(&b->plan, vm, (const char *const *)b->disks.system_partition, error);
    return b->tree[vm] &&
           write_load(b, program, b->in.files[vm].program, place->kernel_ipa, error) &&
           write_load(b, tree, b->tree[vm], place->dtb_ipa, error);
}

static gboolean write_services(struct build *b, GError **error)
{
    for (guint i = 0; i < b->in.handset.vms; i++) {
        if (pb_kind_is_service(b->in.handset.vm[i].kind) && !write_service(b, i, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_hypervisor(struct build *b, GError **error)
{
    g_autoptr(GBytes) elf = NULL;

    if (!b->hypervisor) {
        return TRUE;
    }
    elf = pack_input(b->hypervisor, error);
    return elf && write_file(b, "hypervisor.elf", elf, error);
}

static GBytes *write_ini(const struct build *b)
{
    const struct pack_phone_files files = {
        .load = (const struct pack_load *)(gconstpointer)b->loads->data,
        .loads = b->loads->len,
        .disk = (const char *const *)b->disks.file,
        .system_size = b->disks.system_size,
    };

    return pack_phone_ini_make(&b->plan, &files);
}

/* handset.ini comes last: a folder that has it is whole. */
static gboolean write_all(struct build *b, GError **error)
{
    g_autoptr(GBytes) table = NULL, ini = NULL;

    if (!make_guests(b, error) || !(table = pack_table_make(&b->plan, error))) {
        return FALSE;
    }
    if (g_mkdir_with_parents(b->out, 0777)) {
        return pack_fail(error, "%s: cannot make this folder: %s", b->out, g_strerror(errno));
    }
    if (!write_load(b, "table.bin", table, PB_TABLE_PA, error) || !write_guests(b, error) ||
        !write_services(b, error) ||
        (b->plan.switchboard >= 0 && !pack_disks_write_system(&b->disks, b->out, error)) ||
        !(b->options->any_image || pack_kept_image_store(&b->in.handset, b->out, error)) ||
        !write_hypervisor(b, error) || !pack_options_write(b->options, error)) {
        return FALSE;
    }
    ini = write_ini(b);
    return write_file(b, "handset.ini", ini, error);
}

static void free_load(gpointer load)
{
    g_free(((struct pack_load *)load)->file);
}

static void finish(struct build *b)
{
    for (guint i = 0; i < PB_MAX_VMS; i++) {
        pack_fit_finish(&b->fit[i]);
        g_clear_pointer(&b->tree[i], g_bytes_unref);
        g_clear_pointer(&b->plan.place[i].measure, g_bytes_unref);
    }
    pack_disks_finish(&b->disks);
    g_array_unref(b->loads);
    pack_inputs_finish(&b->in);
}

static gboolean make_plan(struct build *b, GError **error)
{
    struct pack_image image[PB_MAX_VMS];

    for (guint i = 0; i < PB_MAX_VMS; i++) {
        image[i] = b->in.files[i].image;
    }
    return pack_plan_make(&b->plan, &b->in.board, &b->in.handset, image, error);
}

gboolean pack_build(const struct pack_options *options, GError **error)
{
    struct build b = {.out = options->out, .hypervisor = options->hypervisor, .options = options};
    gboolean ok;

    pack_disks_init(&b.disks);
    b.loads = g_array_new(FALSE, FALSE, sizeof(struct pack_load));
    g_array_set_clear_func(b.loads, free_load);
    ok = pack_upgrade_go_on(options->out, error) && pack_inputs_read(&b.in, options, error) &&
         make_plan(&b, error) && write_all(&b, error);
    finish(&b);
    return ok;
}
