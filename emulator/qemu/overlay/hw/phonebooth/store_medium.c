/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file: 16 bytes of magic, the counter (little endian), the slots, SHA-256 of all that. It is
 * replaced as a whole.
 */
#include "store_medium.h"

#include <string.h>

#define MAGIC       "PHONEBOOTH-STOR1"
#define MAGIC_SIZE  16u
#define SLOTS_AT    (MAGIC_SIZE + sizeof(uint64_t))
#define DIGEST_AT   (SLOTS_AT + STORE_SLOTS * STORE_SLOT_SIZE)
#define DIGEST_SIZE 32u
#define FILE_SIZE   (DIGEST_AT + DIGEST_SIZE)

static void digest(const uint8_t *file, uint8_t *sum)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize length = DIGEST_SIZE;

    g_checksum_update(checksum, file, DIGEST_AT);
    g_checksum_get_digest(checksum, sum, &length);
}

static bool is_whole(const char *file, gsize length)
{
    uint8_t sum[DIGEST_SIZE];

    if (length != FILE_SIZE || memcmp(file, MAGIC, MAGIC_SIZE) != 0) {
        return false;
    }
    digest((const uint8_t *)file, sum);
    return memcmp(file + DIGEST_AT, sum, DIGEST_SIZE) == 0;
}

static void unpack(StoreMedium *medium, const char *file)
{
    uint64_t counter;

    memcpy(&counter, file + MAGIC_SIZE, sizeof(counter));
    medium->counter = GUINT64_FROM_LE(counter);
    memcpy(medium->slot, file + SLOTS_AT, sizeof(medium->slot));
}

bool store_medium_open(StoreMedium *medium, const char *path, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *file = NULL;
    gsize length;

    memset(medium, 0, sizeof(*medium));
    if (!path) {
        return true;
    }
    if (!g_file_get_contents(path, &file, &length, &why)) {
        if (!g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
    } else if (!is_whole(file, length)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "%s: it is no secure store, or is damaged: put it back from a copy, or remove "
                    "it, and what it protected with it",
                    path);
        return false;
    } else {
        unpack(medium, file);
    }
    medium->path = g_strdup(path);
    return true;
}

void store_medium_close(StoreMedium *medium)
{
    g_clear_pointer(&medium->path, g_free);
}

static bool write_file(const StoreMedium *medium)
{
    g_autofree char *file = g_malloc(FILE_SIZE);
    uint64_t counter = GUINT64_TO_LE(medium->counter);

    if (!medium->path) {
        return true;
    }
    memcpy(file, MAGIC, MAGIC_SIZE);
    memcpy(file + MAGIC_SIZE, &counter, sizeof(counter));
    memcpy(file + SLOTS_AT, medium->slot, sizeof(medium->slot));
    digest((const uint8_t *)file, (uint8_t *)file + DIGEST_AT);
    return g_file_set_contents_full(medium->path, file, FILE_SIZE,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    0600, NULL);
}

enum store_result store_medium_read(const StoreMedium *medium, uint32_t slot, uint8_t *data)
{
    if (slot >= STORE_SLOTS) {
        return STORE_BAD_SLOT;
    }
    memcpy(data, medium->slot[slot], STORE_SLOT_SIZE);
    return STORE_DONE;
}

enum store_result store_medium_write(StoreMedium *medium, uint32_t slot, const uint8_t *data,
                                     uint64_t expected)
{
    uint8_t before[STORE_SLOT_SIZE];
    enum store_result result;

    if (slot >= STORE_SLOTS) {
        return STORE_BAD_SLOT;
    }
    memcpy(before, medium->slot[slot], sizeof(before));
    memcpy(medium->slot[slot], data, STORE_SLOT_SIZE);
    result = store_medium_count(medium, expected);
    if (result != STORE_DONE) {
        memcpy(medium->slot[slot], before, sizeof(before));
    }
    return result;
}

enum store_result store_medium_count(StoreMedium *medium, uint64_t expected)
{
    if (medium->counter != expected || medium->counter == UINT64_MAX) {
        return STORE_NOT_EXPECTED;
    }
    medium->counter++;
    if (!write_file(medium)) {
        medium->counter--;
        return STORE_FAILED;
    }
    return STORE_DONE;
}
