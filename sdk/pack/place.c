/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <inttypes.h>

#include "error.h"
#include "kernel.h"
#include "place.h"
#include "stage2.h"

#define ARM_OFFSET    0x10000ull    /* of a 32-bit one, as QEMU places it */
#define DTB_OFFSET    0x8000000ull  /* of the device tree, as QEMU places it */
#define INITRD_OFFSET 0x8200000ull  /* of the initrd: up to 2 MiB for the device tree */
#define LARGE_RAM     0x10000000ull /* from here on the offsets above apply */
#define SMALL_DTB     0x10000ull    /* else: device tree in the last 64 KiB */
#define DTB_ROOM      0x10000ull    /* for the device tree at the start of RAM */

/* EL2, its table and a loader's leftovers lie in the GiB of PB_TABLE_PA; VMs get what is above. */
static gboolean find_dram(struct pack_plan *plan, GError **error)
{
    const struct pack_board *board = plan->board;
    guint64 size = plan->handset->memory ? plan->handset->memory : board->memory.size;
    guint64 end = board->memory.base + size;
    guint64 floor = (PB_TABLE_PA + S2_GIB) & ~(S2_GIB - 1);
    guint64 base = MAX(board->memory.base, floor);

    if (board->memory_max && (size < board->memory_min || size > board->memory_max)) {
        return pack_fail(error,
                         "%s: [handset] memory: %" PRIu64 " MiB; this board takes %" PRIu64
                         " to %" PRIu64 " MiB",
                         plan->handset->file, size >> 20, board->memory_min >> 20,
                         board->memory_max >> 20);
    }
    if (end <= base || end > 1ull << S2_IPA_BITS) {
        return pack_fail(error, "%s: no memory between 0x%" PRIx64 " and 512 GiB; enlarge it",
                         board->file, base);
    }
    plan->dram.base = (base + S2_BLOCK - 1) & ~(S2_BLOCK - 1);
    plan->dram.size = (end - plan->dram.base) & ~(S2_BLOCK - 1);
    return TRUE;
}

static gboolean place_ram(struct pack_plan *plan, GError **error)
{
    const struct pack_handset *handset = plan->handset;
    guint64 next = plan->dram.base, left = plan->dram.size;

    for (guint i = 0; i < handset->vms; i++) {
        guint64 size = handset->vm[i].memory;

        if (size > left) {
            return pack_fail(error,
                             "%s: [vm %s] memory: only %" PRIu64 " MiB of the board's are left;"
                             " give less or a board with more",
                             handset->file, handset->vm[i].name, left >> 20);
        }
        plan->place[i].ram_pa = next;
        plan->place[i].ram_ipa = pb_kind_is_service(handset->vm[i].kind) ? next : PERSONA_RAM;
        next += size;
        left -= size;
    }
    return TRUE;
}

/* Behind all RAM: no VM maps it. */
static gboolean place_tables(struct pack_plan *plan, GError **error)
{
    const struct pack_handset *handset = plan->handset;
    const struct pack_place *last = &plan->place[handset->vms - 1];
    guint64 next = last->ram_pa + handset->vm[handset->vms - 1].memory;

    for (guint i = 0; i < handset->vms; i++) {
        if (!handset->vm[i].is_protected) {
            continue;
        }
        plan->place[i].l3_pa = next;
        plan->place[i].devices = PB_IPA_SHARED;
        next += handset->vm[i].memory / S2_BLOCK * PROTECTED_TABLES;
    }
    if (next > plan->dram.base + plan->dram.size) {
        return pack_fail(error,
                         "%s: the board's memory has no room for the tables of protected VMs, 4 KiB"
                         " per MiB; give less or a board with more",
                         handset->file);
    }
    return TRUE;
}

/* A firmware's flash: its image, and 2 MiB of zeros for all that is empty. */
static gboolean place_flash(struct pack_plan *plan, guint i, guint64 size, GError **error)
{
    const struct pack_vm *vm = &plan->handset->vm[i];
    struct pack_place *place = &plan->place[i];

    place->flash = ((size + S2_BLOCK - 1) & ~(S2_BLOCK - 1)) + S2_BLOCK;
    if (place->flash > PERSONA_FLASH_SIZE / 2 || vm->memory < place->flash + S2_BLOCK) {
        return pack_fail(error,
                         "%s: [vm %s] firmware: %" PRIu64 " bytes are too large; 62 MiB and"
                         " 4 MiB less than its memory are possible",
                         plan->handset->file, vm->name, size);
    }
    if (vm->is_protected) {
        return pack_fail(error, "%s: [vm %s] firmware: not for a protected VM; use a kernel",
                         plan->handset->file, vm->name);
    }
    place->kernel_ipa = place->ram_ipa + pack_plan_ram(plan, i);
    place->entry_ipa = PERSONA_FLASH;
    return TRUE;
}

static gboolean place_elf(struct pack_plan *plan, guint i, const struct pack_image *image,
                          GError **error)
{
    const struct pack_vm *vm = &plan->handset->vm[i];
    struct pack_place *place = &plan->place[i];

    if (image->load < place->ram_ipa || image->load - place->ram_ipa > vm->memory ||
        image->size > vm->memory - (image->load - place->ram_ipa)) {
        return pack_fail(error,
                         "%s: [vm %s] kernel: this ELF file lies at 0x%" PRIx64
                         ", not in the RAM at"
                         " 0x%" PRIx64 "; link it for there, or give more memory",
                         plan->handset->file, vm->name, image->load, place->ram_ipa);
    }
    place->kernel_ipa = image->load;
    place->entry_ipa = image->entry;
    return TRUE;
}

static gboolean place_image(struct pack_plan *plan, guint i, const struct pack_image *image,
                            GError **error)
{
    struct pack_place *place = &plan->place[i];
    guint64 offset;

    switch (image->kind) {
    case PACK_IMAGE_FIRMWARE:
        return place_flash(plan, i, image->size, error);
    case PACK_IMAGE_ELF:
        return place_elf(plan, i, image, error);
    case PACK_IMAGE_KERNEL:
        offset = plan->handset->vm[i].arch == PACK_ARM ? ARM_OFFSET - PACK_ARM_STUB : image->load;
        place->kernel_ipa = place->entry_ipa = place->ram_ipa + offset;
        break;
    }
    return TRUE;
}

/* Entered at its first byte, unless it is an ELF file; its device tree is 2 MiB below its end. */
static gboolean place_service(struct pack_plan *plan, guint i, const struct pack_image *image,
                              GError **error)
{
    struct pack_place *place = &plan->place[i];

    place->dtb_ipa = place->ram_ipa + plan->handset->vm[i].memory - SWITCHBOARD_SHARED;
    place->kernel_ipa = place->entry_ipa = place->ram_ipa;
    if (image->kind == PACK_IMAGE_ELF) {
        return place_elf(plan, i, image, error);
    }
    return image->size <= place->dtb_ipa - place->ram_ipa ||
           pack_fail(error, "%s: [vm %s] kernel: larger than its memory; give more",
                     plan->handset->file, plan->handset->vm[i].name);
}

static gboolean place_boot_files(struct pack_plan *plan, guint i, const struct pack_image *image,
                                 GError **error)
{
    const struct pack_vm *vm = &plan->handset->vm[i];
    struct pack_place *place = &plan->place[i];
    gboolean bare = image->kind != PACK_IMAGE_KERNEL; /* it looks for the device tree in RAM */

    if (pb_kind_is_service(vm->kind)) {
        return place_service(plan, i, image, error);
    }
    if (vm->initrd && vm->memory < LARGE_RAM) {
        return pack_fail(error, "%s: [vm %s] memory: an initrd needs 256M or more",
                         plan->handset->file, vm->name);
    }
    if (!place_image(plan, i, image, error)) {
        return FALSE;
    }
    if (vm->memory >= LARGE_RAM) {
        place->dtb_ipa = place->ram_ipa + DTB_OFFSET;
        place->initrd_ipa = vm->initrd ? place->ram_ipa + INITRD_OFFSET : 0;
    } else {
        place->dtb_ipa = place->ram_ipa + pack_plan_ram(plan, i) - SMALL_DTB;
    }
    if (bare && place->kernel_ipa >= place->ram_ipa + DTB_ROOM) {
        place->dtb_ipa = place->ram_ipa;
    }
    return TRUE;
}

static gboolean place_shared(struct pack_plan *plan, GError **error)
{
    const struct pack_handset *handset = plan->handset;
    struct pack_place *owner;
    int data_slot = 1; /* eMMC 0 is the system's */
    guint64 top, bank;

    if (plan->switchboard < 0) {
        return TRUE;
    }
    owner = &plan->place[plan->switchboard];
    top = owner->ram_pa + handset->vm[plan->switchboard].memory;
    bank = top - SWITCHBOARD_SHARED;
    for (guint i = 0; i < handset->vms; i++) {
        struct pack_place *place = &plan->place[i];

        if (!pack_plan_is_served(plan, i)) {
            continue;
        }
        place->page_pa = top - SHARED_PAGES + i * SHARED_STRIDE;
        place->doorbell = FIRST_DOORBELL + i;
        if (handset->vm[i].kind == PB_KIND_PERSONA) {
            place->vio_pa = place->page_pa + SHARED_VIO;
        }
        if (handset->vm[i].firmware) {
            place->bank_pa = bank -= PERSONA_FLASH_OWN;
        }
        if (handset->vm[i].data_size) {
            place->data_slot = data_slot++;
        }
    }
    return bank >= owner->ram_pa + S2_BLOCK ||
           pack_fail(error,
                     "%s: [vm %s] memory: no room for the flash of other VMs; give 2 MiB more "
                     "for each with a firmware",
                     handset->file, handset->vm[plan->switchboard].name);
}

gboolean pack_place_all(struct pack_plan *plan, const struct pack_image image[PB_MAX_VMS],
                        GError **error)
{
    for (guint i = 0; i < PB_MAX_VMS; i++) {
        plan->place[i].data_slot = -1;
    }
    if (!find_dram(plan, error) || !place_ram(plan, error) || !place_tables(plan, error)) {
        return FALSE;
    }
    for (guint i = 0; i < plan->handset->vms; i++) {
        if (!place_boot_files(plan, i, &image[i], error)) {
            return FALSE;
        }
    }
    return place_shared(plan, error);
}
