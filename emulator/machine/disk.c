/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "hw/phonebooth/emmc.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-block-core.h"
#include "machine/disk.h"

static disk_error_fn *listener;

static void on_trouble(void *opaque, const EmmcTrouble *trouble)
{
    static const enum disk_operation operations[] = {
        [EMMC_READ] = DISK_READ, [EMMC_WRITE] = DISK_WRITE, [EMMC_FLUSH] = DISK_FLUSH};
    const struct disk_error error = {trouble->slot, operations[trouble->operation], trouble->error,
                                     trouble->waits};

    listener(opaque, &error);
}

void disk_listen(disk_error_fn *fn, void *opaque)
{
    listener = fn;
    emmc_listen(on_trouble, opaque);
}

char *disk_advance(unsigned slot, const char *layer)
{
    g_autofree char *device = g_strdup_printf("sd%u", slot);
    Error *error = NULL;
    char *why = NULL;

    qmp_blockdev_snapshot_sync(device, NULL, layer, NULL, "qcow2", true, NEW_IMAGE_MODE_EXISTING,
                               &error);
    if (error) {
        why = g_strdup(error_get_pretty(error));
        error_free(error);
    }
    return why;
}
