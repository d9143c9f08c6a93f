/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GUID partition table, UEFI 2.10 chapter 5. Everything on the disk is taken as hostile. No I/O. */
#ifndef GPT_H
#define GPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GPT_SECTOR     512u
#define GPT_NAME       37u    /* characters of a name and NUL; what is not ASCII becomes '?' */
#define GPT_TABLE_MAX  65536u /* bytes of entries we take */
#define GPT_PARTITIONS 32u

struct gpt_header {
    uint64_t first_usable, last_usable;
    uint64_t table_sector;
    uint32_t entries, entry_size;
    uint32_t table_crc;
};

struct gpt_partition {
    char name[GPT_NAME];
    uint64_t first, sectors;
};

/*
 * Checks and reads the header, GPT_SECTOR bytes from sector `at` (1) of a disk of disk_sectors.
 * False: no GPT, or it is damaged, or its numbers make no sense on this disk.
 */
bool gpt_read_header(struct gpt_header *header, const void *data, uint64_t at,
                     uint64_t disk_sectors);

/* Sectors of the table of entries, from header->table_sector. */
uint32_t gpt_table_sectors(const struct gpt_header *header);

/*
 * Reads the used entries; bad ones (outside the usable range) are left out. Returns how many, at
 * most `max`; -1: the table's checksum is wrong.
 */
int gpt_read_table(const struct gpt_header *header, const void *table,
                   struct gpt_partition *partitions, unsigned max);

/* CRC-32 of IEEE 802.3, as GPT uses it. */
uint32_t gpt_crc32(const void *data, size_t len);

#endif
