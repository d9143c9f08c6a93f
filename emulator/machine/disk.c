/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "block/block.h"
#include "block/block_int.h"
#include "hw/phonebooth/emmc.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-block-core.h"
#include "qemu/job.h"
#include "system/block-backend.h"
#include "machine/disk.h"

#define LAYERS_MAX 6 /* below the highest; each costs every read something */

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

struct chain {
    char *frozen, *lowest; /* nodes: the highest that does not change, and the image */
    char *image;           /* file name of the latter, as the layer over it says it */
    unsigned layers;       /* of the chain from `frozen` on */
};

static struct chain look_at(BlockDriverState *top)
{
    struct chain chain = {0};
    BlockDriverState *bs, *below;

    GRAPH_RDLOCK_GUARD_MAINLOOP();
    bs = bdrv_filter_or_cow_bs(top);
    chain.frozen = bs ? g_strdup(bdrv_get_node_name(bs)) : NULL;
    for (; bs && (below = bdrv_filter_or_cow_bs(bs)) != NULL; bs = below) {
        chain.layers++;
        g_free(chain.image);
        chain.image = g_strdup(bs->backing_file);
    }
    chain.lowest = bs ? g_strdup(bdrv_get_node_name(bs)) : NULL;
    return chain;
}

static void join(unsigned slot, const struct chain *chain)
{
    g_autofree char *id = g_strdup_printf("join%u", slot);
    Error *error = NULL;

    qmp_block_stream(id, chain->frozen, NULL, chain->lowest, chain->image, false, false, NULL,
                     false, 0, false, 0, NULL, false, false, false, false, &error);
    error_free(error); /* it is another phone's, too: the next save tries again */
}

void disk_join_layers(unsigned slot)
{
    g_autofree char *device = g_strdup_printf("sd%u", slot);
    BlockBackend *backend = blk_by_name(device);
    BlockDriverState *top = backend ? blk_bs(backend) : NULL;
    struct chain chain = {0};

    if (!top) {
        return;
    }
    chain = look_at(top);
    if (chain.layers > LAYERS_MAX) {
        join(slot, &chain);
    }
    g_free(chain.frozen);
    g_free(chain.lowest);
    g_free(chain.image);
}

void disk_settle(void)
{
    job_cancel_sync_all();
}
