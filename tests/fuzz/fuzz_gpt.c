/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: a partition table. The checksums are made right, or nothing would come past
 * them: header (92 bytes of the input), then entries.
 */
#include <stdlib.h>
#include <string.h>

#include "storage/gpt.h"

#define DISK       (1ull << 17) /* sectors */
#define HEADER     92u
#define HEADER_CRC 16u
#define TABLE_CRC  88u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok) {
        abort();
    }
}

static void put32(uint8_t *at, uint32_t value)
{
    memcpy(at, &value, sizeof(value));
}

/* What the checks of a header want to see; bit i of `keep` leaves the input's bytes. */
static void make_likely(uint8_t *header, uint8_t keep)
{
    const uint64_t one = 1, first = 34, last = DISK - 34, table = 2;

    memcpy(header, "EFI PART\0\0\1\0\x5c\0\0\0", 16);
    if (!(keep & 1)) {
        memcpy(header + 24, &one, 8);
    }
    if (!(keep & 2)) {
        memcpy(header + 40, &first, 8);
        memcpy(header + 48, &last, 8);
    }
    if (!(keep & 4)) {
        memcpy(header + 72, &table, 8);
    }
    if (!(keep & 8)) {
        put32(header + 80, 4);
        put32(header + 84, 128);
    }
}

static void check(const struct gpt_header *header, const struct gpt_partition *partition)
{
    must(partition->sectors && partition->first >= header->first_usable);
    must(partition->first + partition->sectors - 1 <= header->last_usable);
    must(header->last_usable < DISK && strlen(partition->name) < GPT_NAME);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t sector[GPT_SECTOR];
    struct gpt_partition found[GPT_PARTITIONS];
    struct gpt_header header;
    uint8_t *table;
    size_t bytes;

    if (size < HEADER + 1) {
        return 0;
    }
    memset(sector, 0, sizeof(sector));
    memcpy(sector, data + 1, HEADER);
    make_likely(sector, data[0]);
    put32(sector + HEADER_CRC, 0);
    put32(sector + HEADER_CRC, gpt_crc32(sector, HEADER));
    if (!gpt_read_header(&header, sector, 1, DISK)) {
        return 0;
    }
    bytes = (size_t)gpt_table_sectors(&header) * GPT_SECTOR;
    must(bytes && bytes <= GPT_TABLE_MAX);
    table = calloc(1, bytes);
    memcpy(table, data + 1 + HEADER, size - 1 - HEADER < bytes ? size - 1 - HEADER : bytes);
    if (!(data[0] & 16)) {
        header.table_crc = gpt_crc32(table, (size_t)header.entries * header.entry_size);
    }
    for (int i = gpt_read_table(&header, table, found, GPT_PARTITIONS); i > 0; i--) {
        check(&header, &found[i - 1]);
    }
    free(table);
    return 0;
}
