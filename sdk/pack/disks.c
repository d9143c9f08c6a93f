/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "data_disk.h"
#include "disks.h"
#include "error.h"
#include "gpt.h"
#include "service_dt.h"
#include "system_disk.h"

void pack_disks_init(struct pack_disks *disks)
{
    memset(disks, 0, sizeof(*disks));
    disks->partitions = g_array_new(FALSE, FALSE, sizeof(struct pack_partition));
    disks->contents = g_array_new(FALSE, FALSE, sizeof(struct pack_content));
}

void pack_disks_finish(struct pack_disks *disks)
{
    for (guint i = 0; i < PB_MAX_VMS; i++) {
        g_free(disks->system_partition[i]);
    }
    for (guint i = 0; i <= PB_MAX_VMS; i++) {
        g_free(disks->file[i]);
    }
    g_array_unref(disks->partitions);
    g_array_unref(disks->contents);
}

/* Index of the VM before `vm` with the same system image, or `vm`. */
static guint first_with_system(const struct pack_inputs *in, guint vm)
{
    for (guint i = 0; i < vm; i++) {
        if (in->files[i].system && !strcmp(in->handset.vm[i].system, in->handset.vm[vm].system)) {
            return i;
        }
    }
    return vm;
}

static void add_partition(struct pack_disks *disks, const char *name, guint64 size,
                          struct pack_content content)
{
    struct pack_partition partition = {.size = size};

    g_strlcpy(partition.name, name, sizeof(partition.name));
    g_array_append_val(disks->partitions, partition);
    g_array_append_val(disks->contents, content);
}

void pack_disks_add(struct pack_disks *disks, const struct pack_inputs *in, guint vm,
                    const struct pack_fit *fit)
{
    g_autofree char *boot = pack_boot_partition(&in->handset.vm[vm]);
    guint same;

    add_partition(disks, boot, fit->size, (struct pack_content){.fit = fit});
    if (!in->files[vm].system) {
        return;
    }
    same = first_with_system(in, vm);
    if (same == vm) {
        char *name = g_strdup_printf("%s-system", in->handset.vm[vm].name);

        add_partition(disks, name, g_bytes_get_size(in->files[vm].system),
                      (struct pack_content){.bytes = in->files[vm].system});
        disks->system_partition[vm] = name;
    } else {
        disks->system_partition[vm] = g_strdup(disks->system_partition[same]);
    }
}

gboolean pack_disks_make_data(struct pack_disks *disks, const struct pack_plan *plan, guint vm,
                              const char *out, GError **error)
{
    const struct pack_vm *config = &plan->handset->vm[vm];
    g_autofree char *folder = g_build_filename(out, config->name, NULL);
    g_autofree char *path = g_build_filename(folder, "data.img", NULL);
    int slot = plan->place[vm].data_slot;
    gboolean grown;

    if (slot < 0) {
        return TRUE;
    }
    if (g_mkdir_with_parents(folder, 0777)) {
        return pack_fail(error, "%s: cannot make this folder: %s", folder, g_strerror(errno));
    }
    disks->file[slot] = g_build_filename(config->name, "data.img", NULL);
    if (!pack_data_disk_make(path, config->data_size, &grown, error)) {
        g_prefix_error(error, "%s: [vm %s] data size: ", plan->handset->file, config->name);
        return FALSE;
    }
    if (grown) {
        g_printerr("pack: %s: has grown to the data size of the description; its files are kept\n",
                   path);
    }
    return TRUE;
}

gboolean pack_disks_write_system(struct pack_disks *disks, const char *out, GError **error)
{
    g_autofree char *path = g_build_filename(out, "system.img", NULL);

    disks->file[0] = g_strdup("system.img");
    return pack_system_disk_write(path, (struct pack_partition *)(gpointer)disks->partitions->data,
                                  (struct pack_content *)(gpointer)disks->contents->data,
                                  disks->partitions->len, &disks->system_size, error);
}
