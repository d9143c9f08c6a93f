/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The flash of guests that start from a firmware (cfi.h): contents stay until the phone is off. */
#ifndef FLASH_H
#define FLASH_H

#include "vm.h"

/* Once for a VM that has vm->flash: erased. */
void flash_init(struct vm *vm);

/* The guest wrote `size` bytes at `offset` of its flash. */
void flash_write(struct vm *vm, uint64_t offset, unsigned size, uint32_t value);

/* The VM starts anew: no command is under way. */
void flash_reset_vm(struct vm *vm);

#endif
