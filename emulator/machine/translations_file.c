/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "cpu.h"
#include "exec/ramblock.h"
#include "exec/ram_addr.h"
#include "qemu/rcu.h"
#include "machine/translations_file.h"

uint64_t translations_whole_pages(uint64_t bytes)
{
    return ROUND_UP(bytes, TRANSLATIONS_PAGE);
}

struct translations_layout translations_lay_out(const struct translations_head *head)
{
    struct translations_layout at = {.slots = translations_whole_pages(sizeof(*head))};

    at.blocks = at.slots + translations_whole_pages(TCG_OUTSIDE_SLOTS * sizeof(int64_t));
    at.pages = at.blocks + translations_whole_pages(head->block_count * sizeof(struct tcg_kept_tb));
    at.code =
        at.pages + translations_whole_pages(head->page_count * sizeof(struct translations_page));
    at.end = at.code;
    for (unsigned i = 0; i < TRANSLATIONS_REGIONS; i++) {
        at.end += translations_whole_pages(head->used[i]);
    }
    return at;
}

/* Which memory is where, as SHA-256. */
void translations_name_memory(char name[TRANSLATIONS_SHA256])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    RAMBlock *block;

    RCU_READ_LOCK_GUARD();
    RAMBLOCK_FOREACH(block)
    {
        const uint64_t place[] = {block->offset, block->used_length};
        g_checksum_update(sum, (const guchar *)block->idstr, -1);
        g_checksum_update(sum, (const guchar *)place, sizeof(place));
    }
    g_strlcpy(name, g_checksum_get_string(sum), TRANSLATIONS_SHA256);
}
