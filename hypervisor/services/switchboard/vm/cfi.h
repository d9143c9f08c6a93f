/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's flash: Common Flash Interface (JEDEC JESD68.01) with Intel's command set (primary
 * vendor command set 1), as two 16-bit chips side by side, which is what QEMU's machine virt has.
 * No I/O.
 *
 * The guest reads the memory of the flash without a trap, and each of its writes comes here. So
 * what a chip shows in place of its contents (status, identifiers, CFI table) is put into that
 * memory, where a driver looks for it, and taken out again before the next command: status at the
 * start of the flash and where the command was written, tables at the start of the flash and of the
 * block.
 */
#ifndef CFI_H
#define CFI_H

#include <stdbool.h>
#include <stdint.h>

#define CFI_BLOCK 0x40000u /* bytes that are erased at a time */
#define CFI_SIZE  0x200000u
#define CFI_WORDS 32u /* of 4 bytes or less: what one buffered program can have */

enum cfi_state {
    CFI_READY, /* the next write is a command */
    CFI_PROGRAM,
    CFI_ERASE,
    CFI_COUNT,
    CFI_DATA,
    CFI_CONFIRM,
    CFI_LOCK,
};

/* Contents that something else is shown in place of. */
struct cfi_cover {
    uint32_t offset, bytes;
    uint8_t contents[0x200];
};

struct cfi {
    uint8_t *memory; /* CFI_SIZE bytes, that the guest reads */
    enum cfi_state state;
    uint8_t status;
    struct cfi_cover cover[2];
    uint32_t left, words; /* of a buffered program: still to come, and here */
    struct cfi_word {
        uint32_t offset, value;
        unsigned size; /* bytes: a driver may take each half of the flash's width for itself */
    } word[CFI_WORDS];
};

/* New flash in `memory`: erased. */
void cfi_init(struct cfi *flash, uint8_t *memory);

/* Power on, or reset: contents stay, and are what is read. */
void cfi_reset(struct cfi *flash);

/* The guest wrote `size` bytes, 1, 2 or 4, at `offset`; anything else is ignored. */
void cfi_write(struct cfi *flash, uint64_t offset, unsigned size, uint32_t value);

#endif
