/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "block.h"
#include "gpt.h"
#include "partition.h"

#include "el1/log.h"
#include "el1/memory.h"

#define SYSTEM_CARD 0u
#define HEADER_AT   1u

static struct {
    struct gpt_partition at[GPT_PARTITIONS];
    unsigned count;
} partitions;

static int read_table(struct blk_dev *disk)
{
    static _Alignas(8) uint8_t header_sector[GPT_SECTOR];
    struct gpt_header header;
    uint8_t *table;

    if (!block_read_now(disk, HEADER_AT, header_sector, sizeof(header_sector)) ||
        !gpt_read_header(&header, header_sector, HEADER_AT, blk_sectors(disk))) {
        return -1;
    }
    table = memory_alloc(gpt_table_sectors(&header) * GPT_SECTOR, GPT_SECTOR);
    if (!block_read_now(disk, header.table_sector, table,
                        gpt_table_sectors(&header) * GPT_SECTOR)) {
        return -1;
    }
    return gpt_read_table(&header, table, partitions.at, GPT_PARTITIONS);
}

void partition_init(void)
{
    struct blk_dev *disk = block_open(SYSTEM_CARD, 0, block_card_sectors(SYSTEM_CARD), true);
    const int count = disk ? read_table(disk) : -1;

    if (count < 0) {
        log_line("eMMC %u: no readable partition table", SYSTEM_CARD);
        return;
    }
    partitions.count = (unsigned)count;
    log_line("eMMC %u: %u partitions", SYSTEM_CARD, partitions.count);
}

struct blk_dev *partition_open(const char *name, bool read_only)
{
    for (unsigned i = 0; i < partitions.count; i++) {
        if (!strcmp(partitions.at[i].name, name)) {
            return block_open(SYSTEM_CARD, partitions.at[i].first, partitions.at[i].sectors,
                              read_only);
        }
    }
    return NULL;
}
