/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the secure store of docs/board/security.md keeps, in a file of the host: slots of data and a
 * counter that only goes up. A change is in the file as a whole before it is answered, or not at
 * all. Knows no bus and nothing of QEMU.
 */
#ifndef HW_PHONEBOOTH_STORE_MEDIUM_H
#define HW_PHONEBOOTH_STORE_MEDIUM_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define STORE_SLOTS     16u
#define STORE_SLOT_SIZE 1024u

/* Results of a command, as the part's STATUS register says them. */
enum store_result {
    STORE_DONE = 0,
    STORE_BAD_COMMAND = 1,
    STORE_BAD_SLOT = 2,
    STORE_NOT_EXPECTED = 3, /* the counter is another one */
    STORE_FAILED = 4,       /* the medium cannot be written; nothing has changed */
};

typedef struct StoreMedium {
    char *path; /* NULL: nothing is kept */
    uint64_t counter;
    uint8_t slot[STORE_SLOTS][STORE_SLOT_SIZE];
} StoreMedium;

/*
 * Reads `path`, a file that need not be there: then all slots are zeros and the counter is 0. NULL:
 * nothing is read or kept. False and `error`: it is no such file, or cannot be read; the medium is
 * empty then.
 */
bool store_medium_open(StoreMedium *medium, const char *path, GError **error);

/* Changes are no longer kept: what was read is there, what is written goes with the process. */
void store_medium_close(StoreMedium *medium);

/* STORE_SLOT_SIZE bytes to `data`. */
enum store_result store_medium_read(const StoreMedium *medium, uint32_t slot, uint8_t *data);

/* If the counter is `expected`, STORE_SLOT_SIZE bytes of `data` are stored, and it goes up by 1. */
enum store_result store_medium_write(StoreMedium *medium, uint32_t slot, const uint8_t *data,
                                     uint64_t expected);

/* If the counter is `expected`, it goes up by 1. */
enum store_result store_medium_count(StoreMedium *medium, uint64_t expected);

#endif
