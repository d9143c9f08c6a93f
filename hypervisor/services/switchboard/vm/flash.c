/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "flash.h"
#include "cfi.h"

#include "el1/cpu.h"
#include "el1/kept.h"
#include "el1/restart.h"

#define TABLE_BYTES 0x200u /* that a command can show in place of contents */

static KEPT struct cfi flashes[PB_MAX_VMS];

void flash_init(struct vm *vm)
{
    if (restart_kind() == RESTART_POWER_ON) {
        cfi_init(&flashes[vm->id], vm->flash);
        cpu_clean(vm->flash, CFI_SIZE);
    }
}

/* The guest may read with its caches off. */
void flash_write(struct vm *vm, uint64_t offset, unsigned size, uint32_t value)
{
    struct cfi *flash = &flashes[vm->id];
    const bool whole = flash->state == CFI_ERASE || flash->state == CFI_CONFIRM;
    uint8_t *const block = vm->flash + offset / CFI_BLOCK * CFI_BLOCK;

    cfi_write(flash, offset, size, value);
    cpu_clean(vm->flash, TABLE_BYTES);
    cpu_clean(block, whole ? CFI_BLOCK : TABLE_BYTES);
    cpu_clean(vm->flash + offset, sizeof(value));
}

void flash_reset_vm(struct vm *vm)
{
    if (!vm->flash) {
        return;
    }
    cfi_reset(&flashes[vm->id]);
    cpu_clean(vm->flash, CFI_SIZE);
}
