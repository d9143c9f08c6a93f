/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "hw/phonebooth/emmc.h"
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
