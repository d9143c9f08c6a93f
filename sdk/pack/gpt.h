/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GUID partition tables (UEFI Specification 2.10, chapter 5), 512-byte sectors. */
#ifndef PACK_GPT_H
#define PACK_GPT_H

#include <glib.h>

#define GPT_SECTOR     512ull
#define GPT_ALIGN      0x100000ull       /* partitions begin at multiples of 1 MiB */
#define GPT_TABLE_SIZE (34 * GPT_SECTOR) /* protective MBR, header, 128 entries */
#define GPT_BACKUP     (33 * GPT_SECTOR) /* at the end of the disk: entries, header */
#define GPT_MAX_NAME   36                /* with its NUL */

struct pack_partition {
    char name[GPT_MAX_NAME]; /* ASCII; its GUID is derived from it */
    guint64 size;            /* bytes, rounded up to a sector */
    guint64 start;           /* bytes; set by pack_gpt_place() */
};

/*
 * Gives each partition its start; returns the disk's size: a power of two, as SD and eMMC models
 * want it.
 */
guint64 pack_gpt_place(struct pack_partition *partitions, gsize count);

/*
 * Writes the table for a disk of `disk_size` bytes. `first` has room for GPT_TABLE_SIZE bytes and
 * belongs to the start of the disk, `last` for GPT_BACKUP bytes at its end. At most 128 partitions.
 */
void pack_gpt_write(const struct pack_partition *partitions, gsize count, guint64 disk_size,
                    guint8 *first, guint8 *last);

#endif
