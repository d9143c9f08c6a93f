/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "board.h"
#include "barname.h"
#include "board_find.h"
#include "build.h"
#include "data_disk.h"
#include "system_disk.h"
#include "error.h"
#include "guest_dt.h"
#include "guest_files.h"
#include "handset.h"
#include "measure.h"
#include "output.h"
#include "phone_ini.h"
#include "plan.h"
#include "service_dt.h"
#include "stage2.h"
#include "table.h"

struct build {
    const struct pack_options *options;
    char *board_file;
    GBytes *dtb;
    GBytes *measure;
    struct pack_guest_files files[PB_MAX_VMS];
    GBytes *tree[PB_MAX_VMS]; /* device trees */
    struct pack_fit fit[PB_MAX_VMS];
    struct pack_board board;
    struct pack_handset handset;
    struct pack_plan plan;
    GArray *partitions; /* struct pack_partition */
    GArray *contents;   /* struct pack_content, same index */
    const char *system_partition[PB_MAX_VMS];
    GArray *loads; /* struct pack_load */
    char *disk[PB_MAX_VMS + 1];
    guint64 system_size; /* bytes of the system disk */
};

static gboolean read_switchboard(struct build *b, guint vm, GError **error)
{
    const char *path = b->options->switchboard;

    if (!path) {
        return pack_fail(error, "build: this handset needs --switchboard");
    }
    b->files[vm].program = pack_input(path, error);
    return b->files[vm].program != NULL;
}

static gboolean read_images(struct build *b, GError **error)
{
    for (guint i = 0; i < b->handset.vms; i++) {
        const struct pack_vm *vm = &b->handset.vm[i];

        if (vm->kind == PB_KIND_SWITCHBOARD
                ? !read_switchboard(b, i, error)
                : !pack_guest_files_read(&b->files[i], vm, b->handset.file, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_board(struct build *b, GError **error)
{
    const struct pack_options *options = b->options;
    const void *data;
    gsize size;

    b->board_file = options->board ? g_strdup(options->board)
                                   : pack_board_find(options->boards, &b->handset, error);
    if (!b->board_file || !(b->dtb = pack_input(b->board_file, error))) {
        return FALSE;
    }
    data = g_bytes_get_data(b->dtb, &size);
    return pack_board_read(&b->board, data, size, b->board_file, error);
}

static void warn_of_names(const struct pack_handset *handset)
{
    for (guint i = 0; i < handset->vms; i++) {
        g_autofree char *warning = pack_barname_warning(&handset->vm[i]);

        if (warning) {
            g_printerr("pack: %s: %s\n", handset->file, warning);
        }
    }
}

static gboolean read_inputs(struct build *b, GError **error)
{
    const struct pack_options *options = b->options;
    struct pack_image image[PB_MAX_VMS] = {{0}};

    if (!pack_handset_read(&b->handset, options->handset, (const char *const *)options->images,
                           error) ||
        !read_board(b, error) || !read_images(b, error)) {
        return FALSE;
    }
    warn_of_names(&b->handset);
    for (guint i = 0; i < b->handset.vms; i++) {
        image[i] = b->files[i].image;
    }
    return pack_plan_make(&b->plan, &b->board, &b->handset, image, error);
}

static gboolean write_file(const struct build *b, const char *name, GBytes *bytes, GError **error)
{
    g_autofree char *path = g_build_filename(b->options->out, name, NULL);

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
    g_autofree char *name = g_strdup_printf("%s.pages", b->handset.vm[vm].name);
    g_autoptr(GBytes) tables = NULL;

    if (!place->l3_pa) {
        return TRUE;
    }
    tables = pack_s2_protected(place->ram_pa, b->handset.vm[vm].memory);
    return write_load(b, name, tables, place->l3_pa, error);
}

static gboolean make_guest(struct build *b, guint vm, GError **error)
{
    gsize initrd = b->files[vm].initrd ? g_bytes_get_size(b->files[vm].initrd) : 0;

    b->tree[vm] = pack_guest_dt_make(&b->plan, vm, initrd, error);
    if (b->tree[vm] && b->measure && b->plan.place[vm].l3_pa &&
        !pack_measure(&b->plan, vm, b->measure, b->files[vm].program, b->files[vm].initrd,
                      b->tree[vm], error)) {
        return FALSE;
    }
    return b->tree[vm] && pack_fit_make(&b->fit[vm], &b->plan, vm, b->files[vm].program,
                                        b->files[vm].initrd, b->tree[vm], error);
}

static gboolean make_guests(struct build *b, GError **error)
{
    if (b->options->measure && !(b->measure = pack_input(b->options->measure, error))) {
        return FALSE;
    }
    for (guint i = 0; i < b->handset.vms; i++) {
        if (!pb_kind_is_service(b->handset.vm[i].kind) && !make_guest(b, i, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Index of the VM before `vm` with the same system image, or `vm`. */
static guint first_with_system(const struct build *b, guint vm)
{
    for (guint i = 0; i < vm; i++) {
        if (b->files[i].system && !strcmp(b->handset.vm[i].system, b->handset.vm[vm].system)) {
            return i;
        }
    }
    return vm;
}

static void add_partition(struct build *b, const char *name, guint64 size,
                          struct pack_content content)
{
    struct pack_partition partition = {.size = size};

    g_strlcpy(partition.name, name, sizeof(partition.name));
    g_array_append_val(b->partitions, partition);
    g_array_append_val(b->contents, content);
}

static void add_partitions(struct build *b, guint vm)
{
    g_autofree char *boot = pack_boot_partition(&b->handset.vm[vm]);
    guint same;

    add_partition(b, boot, b->fit[vm].size, (struct pack_content){.fit = &b->fit[vm]});
    if (!b->files[vm].system) {
        return;
    }
    same = first_with_system(b, vm);
    if (same == vm) {
        char *name = g_strdup_printf("%s-system", b->handset.vm[vm].name);

        add_partition(b, name, g_bytes_get_size(b->files[vm].system),
                      (struct pack_content){.bytes = b->files[vm].system});
        b->system_partition[vm] = name;
    } else {
        b->system_partition[vm] = g_strdup(b->system_partition[same]);
    }
}

static gboolean make_data_disk(struct build *b, guint vm, GError **error)
{
    const struct pack_vm *config = &b->handset.vm[vm];
    g_autofree char *folder = g_build_filename(b->options->out, config->name, NULL);
    g_autofree char *path = g_build_filename(folder, "data.img", NULL);
    int slot = b->plan.place[vm].data_slot;
    gboolean grown;

    if (slot < 0) {
        return TRUE;
    }
    if (g_mkdir_with_parents(folder, 0777)) {
        return pack_fail(error, "%s: cannot make this folder: %s", folder, g_strerror(errno));
    }
    b->disk[slot] = g_build_filename(config->name, "data.img", NULL);
    if (!pack_data_disk_make(path, config->data_size, &grown, error)) {
        g_prefix_error(error, "%s: [vm %s] data size: ", b->handset.file, config->name);
        return FALSE;
    }
    if (grown) {
        g_printerr("pack: %s: has grown to the data size of the description; its files are kept\n",
                   path);
    }
    return TRUE;
}

static gboolean write_guest_files(struct build *b, guint vm, GError **error)
{
    const struct pack_place *place = &b->plan.place[vm];
    const char *name = b->handset.vm[vm].name;
    GBytes *const bytes[] = {b->files[vm].program, b->files[vm].initrd, b->tree[vm]};
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
    for (guint i = 0; i < b->handset.vms; i++) {
        if (pb_kind_is_service(b->handset.vm[i].kind)) {
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
        add_partitions(b, i);
        if (!make_data_disk(b, i, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* NAME.bin and NAME.dtb of a service; the loader places them, EL2 starts it. */
static gboolean write_service(struct build *b, guint vm, GError **error)
{
    const struct pack_place *place = &b->plan.place[vm];
    const char *name = (int)vm == b->plan.switchboard ? "switchboard" : b->handset.vm[vm].name;
    g_autofree char *program = g_strdup_printf("%s.bin", name);
    g_autofree char *tree = g_strdup_printf("%s.dtb", name);

    b->tree[vm] = pack_service_dt_make(&b->plan, vm, b->system_partition, error);
    return b->tree[vm] && write_load(b, program, b->files[vm].program, place->kernel_ipa, error) &&
           write_load(b, tree, b->tree[vm], place->dtb_ipa, error);
}

static gboolean write_services(struct build *b, GError **error)
{
    for (guint i = 0; i < b->handset.vms; i++) {
        if (pb_kind_is_service(b->handset.vm[i].kind) && !write_service(b, i, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_system_disk(struct build *b, GError **error)
{
    g_autofree char *path = g_build_filename(b->options->out, "system.img", NULL);

    if (b->plan.switchboard < 0) {
        return TRUE;
    }
    b->disk[0] = g_strdup("system.img");
    return pack_system_disk_write(path, (struct pack_partition *)(gpointer)b->partitions->data,
                                  (struct pack_content *)(gpointer)b->contents->data,
                                  b->partitions->len, &b->system_size, error);
}

static gboolean write_hypervisor(struct build *b, GError **error)
{
    g_autoptr(GBytes) elf = NULL;

    if (!b->options->hypervisor) {
        return TRUE;
    }
    elf = pack_input(b->options->hypervisor, error);
    return elf && write_file(b, "hypervisor.elf", elf, error);
}

static GBytes *write_ini(const struct build *b)
{
    const struct pack_phone_files files = {
        .load = (const struct pack_load *)(gconstpointer)b->loads->data,
        .loads = b->loads->len,
        .disk = (const char *const *)b->disk,
        .system_size = b->system_size,
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
    if (g_mkdir_with_parents(b->options->out, 0777)) {
        return pack_fail(error, "%s: cannot make this folder: %s", b->options->out,
                         g_strerror(errno));
    }
    if (!write_load(b, "table.bin", table, PB_TABLE_PA, error) || !write_guests(b, error) ||
        !write_services(b, error) || !write_system_disk(b, error) || !write_hypervisor(b, error)) {
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
        pack_guest_files_finish(&b->files[i]);
        g_clear_pointer(&b->tree[i], g_bytes_unref);
        g_clear_pointer(&b->plan.place[i].measure, g_bytes_unref);
        g_free((char *)b->system_partition[i]);
    }
    for (guint i = 0; i <= PB_MAX_VMS; i++) {
        g_free(b->disk[i]);
    }
    g_array_unref(b->partitions);
    g_array_unref(b->contents);
    g_array_unref(b->loads);
    g_clear_pointer(&b->dtb, g_bytes_unref);
    g_free(b->board_file);
    g_clear_pointer(&b->measure, g_bytes_unref);
    pack_handset_finish(&b->handset);
}

gboolean pack_build(const struct pack_options *options, GError **error)
{
    struct build b = {.options = options};
    gboolean ok;

    b.partitions = g_array_new(FALSE, FALSE, sizeof(struct pack_partition));
    b.contents = g_array_new(FALSE, FALSE, sizeof(struct pack_content));
    b.loads = g_array_new(FALSE, FALSE, sizeof(struct pack_load));
    g_array_set_clear_func(b.loads, free_load);
    ok = read_inputs(&b, error) && write_all(&b, error);
    finish(&b);
    return ok;
}
