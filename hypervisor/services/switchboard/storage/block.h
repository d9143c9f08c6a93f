/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Block devices: parts of the board's eMMC cards. What is done with them: el1/blk.h. */
#ifndef BLOCK_H
#define BLOCK_H

#include "drivers/board.h"
#include "el1/blk.h"

/* Finds the cards; an empty slot is no error. */
void block_init(const struct board *board);

/* Sectors of 512 bytes of card `mmc`; 0: no card. */
uint64_t block_card_sectors(unsigned mmc);

/* A part of a card as a device, for ever. NULL: no card, or the range is not on it. */
struct blk_dev *block_open(unsigned mmc, uint64_t first, uint64_t sectors, bool read_only);

/* Reads and waits; at start only, before there are VMs. size: a multiple of 512, at most 64 KiB. */
bool block_read_now(struct blk_dev *dev, uint64_t sector, void *data, uint32_t size);

#endif
