/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "data_disk.h"
#include "error.h"
#include "kept_image.h"
#include "options.h"
#include "upgrade.h"

static gboolean find_persona(struct pack_upgrade *upgrade, const char *name, GError **error)
{
    for (guint i = 0; i < upgrade->handset.vms; i++) {
        const struct pack_vm *vm = &upgrade->handset.vm[i];

        if (!strcmp(vm->name, name) && vm->kind == PB_KIND_PERSONA && vm->kernel && vm->initrd &&
            vm->system && vm->data_size) {
            upgrade->vm = vm;
            return TRUE;
        }
    }
    return pack_fail(error,
                     "%s: has no persona '%s' with kernel, initrd, system image and data disk",
                     upgrade->options.handset, name);
}

static gboolean is_idle(const char *disk, GError **error)
{
    return !pack_data_disk_is_used(disk) ||
           pack_fail(error, "%s: a phone uses it; `booth stop` first", disk);
}

gboolean pack_upgrade_read(struct pack_upgrade *upgrade, const char *out, const char *vm,
                           GError **error)
{
    g_autofree char *disk = NULL;

    memset(upgrade, 0, sizeof(*upgrade));
    if (!pack_options_read(&upgrade->options, out, error) ||
        !pack_handset_read(&upgrade->handset, upgrade->options.handset,
                           (const char *const *)upgrade->options.images, error) ||
        !find_persona(upgrade, vm, error)) {
        return FALSE;
    }
    upgrade->folder = g_build_filename(out, vm, NULL);
    upgrade->work = g_build_filename(upgrade->folder, "upgrade", NULL);
    disk = g_build_filename(upgrade->folder, PACK_DATA, NULL);
    upgrade->from = pack_image_of_data(disk);
    upgrade->to = pack_image_uuid(upgrade->vm->system);
    if (!upgrade->to) {
        return pack_fail(error, "%s: no erofs image: its data is not bound to it",
                         upgrade->vm->system);
    }
    return is_idle(disk, error);
}

void pack_upgrade_finish(struct pack_upgrade *upgrade)
{
    pack_handset_finish(&upgrade->handset);
    pack_options_finish(&upgrade->options);
    g_free(upgrade->from);
    g_free(upgrade->to);
    g_free(upgrade->folder);
    g_free(upgrade->work);
}

gboolean pack_upgrade_is_possible(const struct pack_upgrade *upgrade)
{
    return upgrade->from && strcmp(upgrade->from, upgrade->to);
}
