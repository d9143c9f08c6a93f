/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: stage-2 tables, which pack makes and EL2 uses as they are. Ranges are mapped,
 * pages and blocks in any order; what a walk finds is what a flat array says, and no range is
 * mapped twice.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stage2.h"

#define BLOCKS 4096u /* 8 GiB; block 0 is for pages */
#define PAGES  512u

static bool blocks[BLOCKS], pages[PAGES];
static const uint8_t *script;
static size_t left;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned take(unsigned n)
{
    unsigned value = 0;

    for (unsigned i = 0; i < 2 && left; i++, left--) {
        value = value << 8 | *script++;
    }
    return value % n;
}

static void check(bool holds)
{
    if (!holds) {
        abort();
    }
}

static gboolean seen(guint64 ipa, guint64 pa, guint64 size, guint64 attributes, gpointer user)
{
    guint *count = user;

    check(attributes == S2_RAM && pa == ipa + S2_GIB);
    for (guint64 at = ipa; at < ipa + size; at += S2_PAGE, (*count)++) {
        check(at < S2_BLOCK ? pages[at / S2_PAGE] : blocks[at / S2_BLOCK]);
    }
    return TRUE;
}

/* FALSE: what is there already was to be mapped; the tables are of no further use then. */
static bool map(struct pack_s2 *s2, guint64 root)
{
    bool small = take(2);
    bool *flat = small ? pages : blocks;
    unsigned first = small ? take(PAGES) : 1 + take(BLOCKS - 1);
    unsigned limit = (small ? PAGES : BLOCKS) - first, count = 1 + take(8);
    guint64 unit = small ? S2_PAGE : S2_BLOCK;
    bool taken = false, done;

    count = count < limit ? count : limit;
    for (unsigned i = first; i < first + count; i++) {
        taken = taken || flat[i];
    }
    done = pack_s2_map(s2, root, first * unit, first * unit + S2_GIB, count * unit, S2_RAM, NULL);
    check(done == !taken);
    for (unsigned i = first; i < first + count; i++) {
        flat[i] = true;
    }
    return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pack_s2 s2;
    guint found = 0, wanted = 0;
    bool usable = true;
    guint64 root;

    script = data;
    left = size;
    memset(blocks, 0, sizeof(blocks));
    memset(pages, 0, sizeof(pages));
    pack_s2_init(&s2, 0x40301000);
    root = pack_s2_new_root(&s2);
    while (left && usable) {
        usable = map(&s2, root);
    }
    check(pack_s2_walk(s2.tables->data, s2.tables->len, s2.base, root, seen, &found));
    for (unsigned i = 0; i < PAGES; i++) {
        wanted += pages[i];
    }
    for (unsigned i = 1; i < BLOCKS; i++) {
        wanted += blocks[i] ? PAGES : 0;
    }
    check(!usable || found == wanted);
    pack_s2_finish(&s2);
    return 0;
}
