/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>
#include <zlib.h>

#include "gpt.h"

#define ENTRY_SIZE   128u
#define ENTRIES      128u
#define HEADER_SIZE  92u
#define FIRST_USABLE 34u
#define GUID_SIZE    16

/* 0fc63daf-8483-4772-8e79-3d69d8477de4, Linux file system data, in the order of the disk. */
static const guint8 linux_data[GUID_SIZE] = {0xaf, 0x3d, 0xc6, 0x0f, 0x83, 0x84, 0x72, 0x47,
                                             0x8e, 0x79, 0x3d, 0x69, 0xd8, 0x47, 0x7d, 0xe4};

static void put16(guint8 *at, guint16 value)
{
    value = GUINT16_TO_LE(value);
    memcpy(at, &value, sizeof(value));
}

static void put32(guint8 *at, guint32 value)
{
    value = GUINT32_TO_LE(value);
    memcpy(at, &value, sizeof(value));
}

static void put64(guint8 *at, guint64 value)
{
    value = GUINT64_TO_LE(value);
    memcpy(at, &value, sizeof(value));
}

guint64 pack_gpt_place(struct pack_partition *partitions, gsize count)
{
    guint64 next = GPT_ALIGN, disk = GPT_ALIGN;

    for (gsize i = 0; i < count; i++) {
        partitions[i].start = next;
        next += (partitions[i].size + GPT_ALIGN - 1) & ~(GPT_ALIGN - 1);
    }
    while (disk < next + GPT_BACKUP) {
        disk *= 2;
    }
    return disk;
}

/* The same name always gives the same GUID: an image built twice is the same image. */
static void guid_of(const char *name, guint8 guid[GUID_SIZE])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize size = sizeof(digest);

    g_checksum_update(sum, (const guchar *)"phonebooth/", -1);
    g_checksum_update(sum, (const guchar *)name, -1);
    g_checksum_get_digest(sum, digest, &size);
    memcpy(guid, digest, GUID_SIZE);
    guid[7] = (guid[7] & 0x0f) | 0x80; /* version 8: custom (RFC 9562) */
    guid[8] = (guid[8] & 0x3f) | 0x80;
}

static void write_entry(const struct pack_partition *partition, guint8 *entry)
{
    guint64 sectors = (partition->size + GPT_SECTOR - 1) / GPT_SECTOR;

    memcpy(entry, linux_data, GUID_SIZE);
    guid_of(partition->name, entry + 16);
    put64(entry + 32, partition->start / GPT_SECTOR);
    put64(entry + 40, partition->start / GPT_SECTOR + sectors - 1);
    for (gsize i = 0; partition->name[i]; i++) {
        put16(entry + 56 + 2 * i, (guint8)partition->name[i]);
    }
}

static void write_mbr(guint8 *mbr, guint64 sectors)
{
    guint8 *entry = mbr + 446;

    entry[2] = 0x02; /* CHS of sector 1 */
    entry[4] = 0xee; /* GPT protective */
    entry[5] = entry[6] = entry[7] = 0xff;
    put32(entry + 8, 1);
    put32(entry + 12, (guint32)MIN(sectors - 1, G_MAXUINT32));
    mbr[510] = 0x55;
    mbr[511] = 0xaa;
}

static void write_header(guint8 *header, guint64 sectors, gboolean backup, const guint8 *entries)
{
    memcpy(header, "EFI PART", 8);
    put32(header + 8, 0x00010000);
    put32(header + 12, HEADER_SIZE);
    put64(header + 24, backup ? sectors - 1 : 1);
    put64(header + 32, backup ? 1 : sectors - 1);
    put64(header + 40, FIRST_USABLE);
    put64(header + 48, sectors - FIRST_USABLE);
    guid_of("system", header + 56);
    put64(header + 72, backup ? sectors - 33 : 2);
    put32(header + 80, ENTRIES);
    put32(header + 84, ENTRY_SIZE);
    put32(header + 88, (guint32)crc32(0, entries, ENTRIES * ENTRY_SIZE));
    put32(header + 16, (guint32)crc32(0, header, HEADER_SIZE));
}

void pack_gpt_write(const struct pack_partition *partitions, gsize count, guint64 disk_size,
                    guint8 *first, guint8 *last)
{
    guint8 *entries = first + 2 * GPT_SECTOR;
    guint64 sectors = disk_size / GPT_SECTOR;

    memset(first, 0, GPT_TABLE_SIZE);
    memset(last, 0, GPT_BACKUP);
    write_mbr(first, sectors);
    for (gsize i = 0; i < count && i < ENTRIES; i++) {
        write_entry(&partitions[i], entries + i * ENTRY_SIZE);
    }
    memcpy(last, entries, ENTRIES * ENTRY_SIZE);
    write_header(first + GPT_SECTOR, sectors, FALSE, entries);
    write_header(last + 32 * GPT_SECTOR, sectors, TRUE, entries);
}
