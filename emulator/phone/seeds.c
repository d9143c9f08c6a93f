/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/seeds.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/random.h>

static bool fixed;
static uint64_t state[2]; /* seed, blocks that were given out */

void seeds_fix(uint64_t seed)
{
    fixed = true;
    state[0] = seed;
    state[1] = 0;
}

/* The SHA-256 of seed and number, block by block. */
static void fill_fixed(guint8 *bytes, gsize size)
{
    while (size > 0) {
        g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
        guint8 block[32];
        gsize length = sizeof(block);

        g_checksum_update(sum, (const guchar *)state, sizeof(state));
        g_checksum_get_digest(sum, block, &length);
        state[1]++;
        length = MIN(length, size);
        memcpy(bytes, block, length);
        bytes += length;
        size -= length;
    }
}

bool seeds_fill(void *bytes, gsize size, GError **error)
{
    if (fixed) {
        fill_fixed(bytes, size);
        return true;
    }
    if (getrandom(bytes, size, 0) == (ssize_t)size) {
        return true;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no random numbers: %s", g_strerror(errno));
    return false;
}
