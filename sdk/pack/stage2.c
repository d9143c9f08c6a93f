/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "error.h"
#include "stage2.h"

#define ENTRIES      512
#define DESC_VALID   0x1ull
#define DESC_TABLE   0x3ull /* levels 1 and 2 */
#define DESC_BLOCK   0x1ull
#define DESC_PAGE    0x3ull /* level 3 */
#define DESC_ADDRESS 0x0000fffffffff000ull

static guint level_shift(int level)
{
    return 39 - 9 * level; /* 30, 21, 12 */
}

void pack_s2_init(struct pack_s2 *s2, guint64 base)
{
    s2->base = base;
    s2->tables = g_byte_array_new();
}

void pack_s2_finish(struct pack_s2 *s2)
{
    g_clear_pointer(&s2->tables, g_byte_array_unref);
}

static guint64 new_table(struct pack_s2 *s2)
{
    guint64 pa = s2->base + s2->tables->len;

    g_byte_array_set_size(s2->tables, s2->tables->len + S2_PAGE);
    memset(s2->tables->data + (pa - s2->base), 0, S2_PAGE);
    return pa;
}

guint64 pack_s2_new_root(struct pack_s2 *s2)
{
    return new_table(s2);
}

/* Valid until the next new_table(). */
static guint64 *entry_of(struct pack_s2 *s2, guint64 table, guint64 ipa, int level)
{
    guint64 *entries = (guint64 *)(gpointer)(s2->tables->data + (table - s2->base));

    return &entries[ipa >> level_shift(level) & (ENTRIES - 1)];
}

static gboolean next_table(struct pack_s2 *s2, guint64 *table, guint64 ipa, int level,
                           GError **error)
{
    guint64 desc = *entry_of(s2, *table, ipa, level);

    if (!desc) {
        guint64 below = new_table(s2);

        desc = below | DESC_TABLE;
        *entry_of(s2, *table, ipa, level) = GUINT64_TO_LE(desc);
    } else if ((GUINT64_FROM_LE(desc) & 3) != DESC_TABLE) {
        return pack_fail(error, "IPA 0x%" PRIx64 " is mapped twice", ipa);
    } else {
        desc = GUINT64_FROM_LE(desc);
    }
    *table = desc & DESC_ADDRESS;
    return TRUE;
}

static gboolean map_one(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 desc, int level,
                        GError **error)
{
    guint64 *entry;

    for (int l = 1; l < level; l++) {
        if (!next_table(s2, &root, ipa, l, error)) {
            return FALSE;
        }
    }
    entry = entry_of(s2, root, ipa, level);
    if (*entry) {
        return pack_fail(error, "IPA 0x%" PRIx64 " is mapped twice", ipa);
    }
    *entry = GUINT64_TO_LE(desc);
    return TRUE;
}

gboolean pack_s2_map(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 pa, guint64 size,
                     guint64 attributes, GError **error)
{
    const guint64 limit = 1ull << S2_IPA_BITS;

    if ((ipa | pa | size) & (S2_PAGE - 1) || ipa >= limit || size > limit - ipa) {
        return pack_fail(error,
                         "cannot map 0x%" PRIx64 " bytes at IPA 0x%" PRIx64
                         ": not in 4 KiB pages below 512 GiB",
                         size, ipa);
    }
    while (size) {
        gboolean block = !((ipa | pa) & (S2_BLOCK - 1)) && size >= S2_BLOCK;
        guint64 step = block ? S2_BLOCK : S2_PAGE;
        guint64 desc = pa | attributes | (block ? DESC_BLOCK : DESC_PAGE);

        if (!map_one(s2, root, ipa, desc, block ? 2 : 3, error)) {
            return FALSE;
        }
        ipa += step;
        pa += step;
        size -= step;
    }
    return TRUE;
}

guint64 pack_s2_add(struct pack_s2 *s2, GBytes *pages)
{
    guint64 pa = s2->base + s2->tables->len;
    gsize size;
    const guint8 *data = g_bytes_get_data(pages, &size);

    g_byte_array_append(s2->tables, data, (guint)size);
    return pa;
}

gboolean pack_s2_reserve(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 size,
                         GError **error)
{
    for (guint64 at = ipa & ~(S2_GIB - 1); at < ipa + size; at += S2_GIB) {
        guint64 table = root;

        if (!next_table(s2, &table, at, 1, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean pack_s2_link(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 l3_pa, guint64 step,
                      guint64 size, GError **error)
{
    for (; size; size -= S2_BLOCK, ipa += S2_BLOCK, l3_pa += step) {
        if (!map_one(s2, root, ipa, l3_pa | DESC_TABLE, 2, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

GBytes *pack_s2_protected(guint64 ram_pa, guint64 size)
{
    gsize tables = size / S2_BLOCK * 2;
    guint64 *entry = g_new(guint64, tables * ENTRIES);

    for (gsize i = 0; i < tables * ENTRIES; i++) {
        guint64 pa = ram_pa + i / (2 * ENTRIES) * S2_BLOCK + i % ENTRIES * S2_PAGE;
        gboolean shared = i / ENTRIES % 2;

        entry[i] = GUINT64_TO_LE(
            pa | (shared ? S2_RAM_DATA | (DESC_PAGE & ~DESC_VALID) : S2_RAM | DESC_PAGE));
    }
    return g_bytes_new_take(entry, tables * S2_PAGE);
}

struct walk {
    const guint8 *tables;
    gsize size;
    guint64 base;
    pack_s2_visit visit;
    gpointer user;
};

static gboolean walk_table(const struct walk *walk, guint64 table, guint64 ipa, int level)
{
    if (table < walk->base || table & (S2_PAGE - 1) || walk->size < S2_PAGE ||
        table - walk->base > walk->size - S2_PAGE) {
        return FALSE;
    }
    for (guint i = 0; i < ENTRIES; i++) {
        guint64 at = ipa + ((guint64)i << level_shift(level));
        guint64 desc;
        gboolean ok;

        memcpy(&desc, walk->tables + (table - walk->base) + i * sizeof(desc), sizeof(desc));
        desc = GUINT64_FROM_LE(desc);
        if (!(desc & DESC_VALID)) {
            continue;
        }
        if (level == 2 && (desc & 3) == DESC_TABLE &&
            (desc & DESC_ADDRESS) - walk->base >= walk->size) {
            ok = walk->visit(at, desc & DESC_ADDRESS, S2_BLOCK, S2_PAGES, walk->user);
        } else if (level < 3 && (desc & 3) == DESC_TABLE) {
            ok = walk_table(walk, desc & DESC_ADDRESS, at, level + 1);
        } else if (level == 1 || (level == 3) != ((desc & 3) == DESC_PAGE)) {
            ok = FALSE; /* 1 GiB blocks are never made; reserved encoding */
        } else {
            ok = walk->visit(at, desc & DESC_ADDRESS, 1ull << level_shift(level),
                             desc & S2_ATTRIBUTES, walk->user);
        }
        if (!ok) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean pack_s2_walk(const void *tables, gsize size, guint64 base, guint64 root,
                      pack_s2_visit visit, gpointer user)
{
    struct walk walk = {.tables = tables, .size = size, .base = base, .visit = visit, .user = user};

    return walk_table(&walk, root, 0, 1);
}
