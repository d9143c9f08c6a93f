/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The named partitions of the handset's system card (eMMC 0). */
#ifndef PARTITION_H
#define PARTITION_H

#include "el1/blk.h"

/* Reads the partition table; block_init() first. What is wrong is said in the log. */
void partition_init(void);

/* The partition as a device; each call makes one of its own. NULL: there is none of that name. */
struct blk_dev *partition_open(const char *name, bool read_only);

#endif
