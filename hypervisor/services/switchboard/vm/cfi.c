/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "cfi.h"

#define READ_ARRAY     0xffu
#define READ_ID        0x90u
#define READ_QUERY     0x98u
#define READ_STATUS    0x70u
#define CLEAR_STATUS   0x50u
#define WORD_PROGRAM   0x40u
#define WORD_PROGRAM_2 0x10u
#define BLOCK_ERASE    0x20u
#define BUFFER_PROGRAM 0xe8u
#define BLOCK_LOCK     0x60u
#define CONFIRM        0xd0u

#define STATUS_READY    0x80u
#define STATUS_SEQUENCE 0x30u /* program and erase error: not a command */

#define BOTH(x)     ((uint32_t)(x) | (uint32_t)(x) << 16) /* the same from each of the two chips */
#define TABLE_WORDS 0x60u

/* The tables as one chip has them. */
static const uint8_t id_table[] = {0x89, 0x18, 0x00}; /* Intel, its device, block not locked */
static const uint8_t query_table[TABLE_WORDS] = {
    [0x10] = 'Q',
    'R',
    'Y', /* */
    [0x13] = 0x01,
    0x00,
    0x31,
    0x00, /* command set 1, its table */
    [0x1b] = 0x45,
    0x55,
    0x00,
    0x00, /* 4.5 V to 5.5 V, no Vpp */
    [0x1f] = 0x07,
    0x07,
    0x0a,
    0x00, /* typical times: us, us, ms */
    [0x23] = 0x04,
    0x04,
    0x04,
    0x00,        /* longest ones, as multiples */
    [0x27] = 20, /* 2^20 bytes */
    [0x28] = 0x01,
    0x00, /* 16 bits wide */
    [0x2a] = 0x06,
    0x00,          /* 2^6 bytes of a buffered program */
    [0x2c] = 0x01, /* all blocks are of one size */
    [0x2d] = CFI_SIZE / CFI_BLOCK - 1,
    0x00, /* blocks - 1 */
    [0x2f] = 0x00,
    CFI_BLOCK / 2 / 256 >> 8, /* their bytes / 256 */
    [0x31] = 'P',
    'R',
    'I',
    '1',
    '0', /* features: none */
};

static void show(struct cfi *flash, struct cfi_cover *cover, uint32_t offset, const void *data,
                 uint32_t bytes)
{
    cover->offset = offset;
    cover->bytes = bytes;
    memcpy(cover->contents, flash->memory + offset, bytes);
    memcpy(flash->memory + offset, data, bytes);
}

static void uncover(struct cfi *flash)
{
    for (int i = 1; i >= 0; i--) {
        struct cfi_cover *cover = &flash->cover[i];

        memcpy(flash->memory + cover->offset, cover->contents, cover->bytes);
        cover->bytes = 0;
    }
}

static void show_status(struct cfi *flash, uint32_t offset)
{
    const uint32_t status = BOTH(flash->status);

    show(flash, &flash->cover[0], 0, &status, sizeof(status));
    show(flash, &flash->cover[1], offset & ~3u, &status, sizeof(status));
}

static void show_table(struct cfi *flash, uint32_t offset, const uint8_t *table, uint32_t words)
{
    uint32_t text[TABLE_WORDS];

    for (uint32_t i = 0; i < words; i++) {
        text[i] = BOTH(table[i]);
    }
    show(flash, &flash->cover[0], 0, text, words * sizeof(text[0]));
    show(flash, &flash->cover[1], offset & ~(CFI_BLOCK - 1), text, words * sizeof(text[0]));
}

/* Programming only clears bits. */
static void program(struct cfi *flash, uint32_t offset, uint32_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        flash->memory[offset + i] &= (uint8_t)(value >> 8 * i);
    }
}

static void command(struct cfi *flash, uint32_t offset, uint8_t code)
{
    flash->state = CFI_READY;
    switch (code) {
    case WORD_PROGRAM:
    case WORD_PROGRAM_2:
        flash->state = CFI_PROGRAM;
        break;
    case BLOCK_ERASE:
        flash->state = CFI_ERASE;
        break;
    case BUFFER_PROGRAM:
        flash->state = CFI_COUNT;
        break;
    case BLOCK_LOCK:
        flash->state = CFI_LOCK;
        break;
    case READ_STATUS:
        break;
    case READ_ID:
        show_table(flash, offset, id_table, sizeof(id_table));
        return;
    case READ_QUERY:
        show_table(flash, offset, query_table, sizeof(query_table));
        return;
    case CLEAR_STATUS:
        flash->status = STATUS_READY;
        return;
    default: /* READ_ARRAY, and what is no command */
        return;
    }
    show_status(flash, offset);
}

static void erase(struct cfi *flash, uint32_t offset, uint8_t code)
{
    if (code == CONFIRM) {
        memset(flash->memory + (offset & ~(CFI_BLOCK - 1)), 0xff, CFI_BLOCK);
    } else {
        flash->status |= STATUS_SEQUENCE;
    }
}

/* The second and further writes of a command; the state it leaves. */
static enum cfi_state go_on(struct cfi *flash, uint32_t offset, unsigned size, uint32_t value)
{
    switch (flash->state) {
    case CFI_PROGRAM:
        program(flash, offset, value, size);
        return CFI_READY;
    case CFI_ERASE:
        erase(flash, offset, (uint8_t)value);
        return CFI_READY;
    case CFI_COUNT:
        flash->words = 0;
        flash->left = (value & 0xff) + 1;
        if (flash->left <= CFI_WORDS) {
            return CFI_DATA;
        }
        flash->status |= STATUS_SEQUENCE;
        return CFI_READY;
    case CFI_DATA:
        flash->word[flash->words++] = (struct cfi_word){offset, value, size};
        return --flash->left ? CFI_DATA : CFI_CONFIRM;
    case CFI_CONFIRM:
        for (uint32_t i = 0; i < flash->words && (uint8_t)value == CONFIRM; i++) {
            program(flash, flash->word[i].offset, flash->word[i].value, flash->word[i].size);
        }
        if ((uint8_t)value != CONFIRM) {
            flash->status |= STATUS_SEQUENCE;
        }
        return CFI_READY;
    default: /* CFI_LOCK: blocks are never locked */
        return CFI_READY;
    }
}

void cfi_write(struct cfi *flash, uint64_t offset, unsigned size, uint32_t value)
{
    if (offset >= CFI_SIZE || size > 4 || offset % size) {
        return;
    }
    uncover(flash);
    if (flash->state == CFI_READY) {
        command(flash, (uint32_t)offset, (uint8_t)value);
        return;
    }
    flash->state = go_on(flash, (uint32_t)offset, size, value);
    show_status(flash, (uint32_t)offset);
}

void cfi_init(struct cfi *flash, uint8_t *memory)
{
    memset(flash, 0, sizeof(*flash));
    memset(memory, 0xff, CFI_SIZE);
    flash->memory = memory;
    cfi_reset(flash);
}

void cfi_reset(struct cfi *flash)
{
    uncover(flash);
    flash->state = CFI_READY;
    flash->status = STATUS_READY;
}
