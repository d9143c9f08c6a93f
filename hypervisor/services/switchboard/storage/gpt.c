/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GUID partition table, UEFI 2.10 sections 5.3.2 (header) and 5.3.3 (entries). */
#include <string.h>

#include "gpt.h"

#define HEADER_SIZE_MIN 92u
#define ENTRY_SIZE_MIN  128u

#define HEADER_SIZE    12u
#define HEADER_CRC     16u
#define HEADER_LBA     24u
#define HEADER_FIRST   40u
#define HEADER_LAST    48u
#define HEADER_TABLE   72u
#define HEADER_COUNT   80u
#define HEADER_ESIZE   84u
#define HEADER_TCRC    88u
#define ENTRY_TYPE     16u /* bytes of the type GUID; all zero: unused */
#define ENTRY_FIRST    32u
#define ENTRY_LAST     40u
#define ENTRY_NAME     56u
#define CRC_POLYNOMIAL 0xedb88320u

static uint64_t le(const uint8_t *at, unsigned bytes)
{
    uint64_t value = 0;

    while (bytes--) {
        value = value << 8 | at[bytes];
    }
    return value;
}

static uint32_t crc_bytes(uint32_t crc, const uint8_t *data, size_t len)
{
    while (len--) {
        crc ^= *data++;
        for (unsigned bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? CRC_POLYNOMIAL : 0);
        }
    }
    return crc;
}

uint32_t gpt_crc32(const void *data, size_t len)
{
    return ~crc_bytes(UINT32_MAX, data, len);
}

/* The header's own checksum is made with its field as zero. */
static uint32_t header_crc(const uint8_t *header, uint32_t size)
{
    static const uint8_t zero[4];
    uint32_t crc = crc_bytes(UINT32_MAX, header, HEADER_CRC);

    crc = crc_bytes(crc, zero, sizeof(zero));
    return ~crc_bytes(crc, header + HEADER_CRC + 4, size - HEADER_CRC - 4);
}

bool gpt_read_header(struct gpt_header *header, const void *data, uint64_t at,
                     uint64_t disk_sectors)
{
    const uint8_t *bytes = data;
    const uint32_t size = (uint32_t)le(bytes + HEADER_SIZE, 4);

    if (memcmp(bytes, "EFI PART", 8) || size < HEADER_SIZE_MIN || size > GPT_SECTOR ||
        header_crc(bytes, size) != le(bytes + HEADER_CRC, 4) || le(bytes + HEADER_LBA, 8) != at) {
        return false;
    }
    header->first_usable = le(bytes + HEADER_FIRST, 8);
    header->last_usable = le(bytes + HEADER_LAST, 8);
    header->table_sector = le(bytes + HEADER_TABLE, 8);
    header->entries = (uint32_t)le(bytes + HEADER_COUNT, 4);
    header->entry_size = (uint32_t)le(bytes + HEADER_ESIZE, 4);
    header->table_crc = (uint32_t)le(bytes + HEADER_TCRC, 4);
    return header->entry_size >= ENTRY_SIZE_MIN && header->entry_size <= GPT_TABLE_MAX &&
           header->entries && header->entries <= GPT_TABLE_MAX / header->entry_size &&
           header->last_usable < disk_sectors && header->first_usable <= header->last_usable &&
           header->table_sector < disk_sectors &&
           gpt_table_sectors(header) <= disk_sectors - header->table_sector;
}

uint32_t gpt_table_sectors(const struct gpt_header *header)
{
    return (header->entries * header->entry_size + GPT_SECTOR - 1) / GPT_SECTOR;
}

static void read_name(char *name, const uint8_t *utf16)
{
    unsigned i;

    for (i = 0; i < GPT_NAME - 1 && le(utf16 + 2 * i, 2); i++) {
        const uint16_t c = (uint16_t)le(utf16 + 2 * i, 2);

        name[i] = c >= 0x20 && c < 0x7f ? (char)c : '?';
    }
    name[i] = '\0';
}

static bool read_entry(const struct gpt_header *header, const uint8_t *entry,
                       struct gpt_partition *partition)
{
    static const uint8_t unused[ENTRY_TYPE];
    const uint64_t first = le(entry + ENTRY_FIRST, 8);
    const uint64_t last = le(entry + ENTRY_LAST, 8);

    if (!memcmp(entry, unused, sizeof(unused)) || first < header->first_usable ||
        last > header->last_usable || first > last) {
        return false;
    }
    partition->first = first;
    partition->sectors = last - first + 1;
    read_name(partition->name, entry + ENTRY_NAME);
    return true;
}

int gpt_read_table(const struct gpt_header *header, const void *table,
                   struct gpt_partition *partitions, unsigned max)
{
    const uint8_t *entries = table;
    unsigned count = 0;

    if (gpt_crc32(table, (size_t)header->entries * header->entry_size) != header->table_crc) {
        return -1;
    }
    for (uint32_t i = 0; i < header->entries && count < max; i++) {
        if (read_entry(header, entries + (size_t)i * header->entry_size, &partitions[count])) {
            count++;
        }
    }
    return (int)count;
}
