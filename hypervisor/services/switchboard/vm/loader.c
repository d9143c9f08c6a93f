/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Steps of a load: first sector of the tree, the whole tree, then each image to where it belongs.
 */
#include "loader.h"
#include "alarm.h"
#include "flash.h"
#include "storage/partition.h"
#include "guestdt.h"
#include "smccc.h"
#include "vi2c.h"
#include "vlights.h"
#include "vms.h"
#include "vsmbus.h"

#include "el1/memory.h"

static uint32_t round_up(uint64_t bytes)
{
    return (uint32_t)((bytes + BLK_SECTOR - 1) / BLK_SECTOR * BLK_SECTOR);
}

static void read_to(struct loader *loader, uint64_t offset, void *data, uint32_t len)
{
    loader->seg = (struct blk_seg){data, len};
    loader->req.op = BLK_READ;
    loader->req.sector = offset / BLK_SECTOR;
    blk_submit(&loader->req);
}

static void finish(struct loader *loader)
{
    const struct bundle_image *tree = &loader->bundle.image[BUNDLE_FDT];
    void *place = tree->size ? vm_map(loader->vm, tree->load, tree->size) : NULL;

    if (place) {
        guestdt_fill(place, tree->size);
    }
    loader->done(loader, NULL);
}

/* The next image there is; none left: done. */
static void next_image(struct loader *loader)
{
    const struct bundle_image *image;
    void *place;

    while (loader->next_image < BUNDLE_IMAGES && !loader->bundle.image[loader->next_image].size) {
        loader->next_image++;
    }
    if (loader->next_image == BUNDLE_IMAGES) {
        finish(loader);
        return;
    }
    image = &loader->bundle.image[loader->next_image++];
    place = vm_map(loader->vm, image->load, round_up(image->size));
    if (!place) {
        loader->done(loader, "its RAM is not here");
    } else {
        read_to(loader, image->offset, place, round_up(image->size));
    }
}

static void header_there(struct loader *loader)
{
    const char *wrong;

    if (!loader->header_size) {
        loader->header_size = bundle_header_size(loader->header);
        if (!loader->header_size) {
            loader->done(loader, "not a flattened image tree");
        } else {
            read_to(loader, 0, loader->header, round_up(loader->header_size));
        }
        return;
    }
    wrong = bundle_read(&loader->bundle, loader->header, loader->header_size, &loader->space);
    if (wrong) {
        loader->done(loader, wrong);
    } else {
        next_image(loader);
    }
}

static void piece_there(struct blk_req *req, enum blk_status status)
{
    struct loader *loader = req->owner;

    if (status != BLK_OK) {
        loader->done(loader, "the boot partition cannot be read");
    } else if (!loader->next_image) {
        header_there(loader);
    } else {
        next_image(loader);
    }
}

void loader_init(struct loader *loader, struct vm *vm,
                 void (*done)(struct loader *loader, const char *wrong))
{
    loader->vm = vm;
    loader->done = done;
    loader->dev = partition_open(vms_config(vm)->boot, true);
    loader->header = memory_alloc(BUNDLE_HEADER_MAX, BLK_SECTOR);
    loader->space.ram_ipa = vm->ram_ipa;
    loader->space.ram_size = vm->ram_size;
    loader->space.bytes = loader->dev ? blk_sectors(loader->dev) * BLK_SECTOR : 0;
    loader->req = (struct blk_req){
        .dev = loader->dev, .seg = &loader->seg, .segs = 1, .done = piece_there, .owner = loader};
}

void loader_start(struct loader *loader)
{
    smccc_reset_vm(loader->vm);
    alarm_reset_vm(loader->vm);
    vi2c_reset_vm(loader->vm);
    vsmbus_reset_vm(loader->vm);
    vlights_reset_vm(loader->vm);
    flash_reset_vm(loader->vm);
    loader->header_size = 0;
    loader->next_image = 0;
    if (!loader->dev) {
        loader->done(loader, "no boot partition");
    } else {
        read_to(loader, 0, loader->header, BLK_SECTOR);
    }
}

void loader_cancel(struct loader *loader)
{
    if (loader->dev) {
        blk_cancel(loader->dev);
    }
}
