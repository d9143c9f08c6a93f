/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* An eMMC device behind an SD host controller. JEDEC JESD84-B51, chapters 6 and 7. */
#ifndef EMMC_H
#define EMMC_H

#include "sdhci.h"

struct emmc {
    struct sdhci host;
    uint64_t sectors;      /* of 512 bytes */
    bool sector_addressed; /* over 2 GiB: commands take sectors, not bytes */
    bool cache;            /* it has a volatile cache, switched on: flush */
};

/*
 * Identifies the card and makes it ready; polls, at most a few seconds. False: no card, or one
 * that cannot be used (said in the log).
 */
bool emmc_init(struct emmc *card, uintptr_t base);

/*
 * Moves blocks from `sector` on, from or to the host's list of memory (sdhci_list_*). The end
 * comes by card->host.done(); false: it did not begin.
 */
bool emmc_transfer(struct emmc *card, bool write, uint64_t sector, uint32_t blocks);

/* Whether the card, after a transfer the controller calls good, has nothing to complain of. */
bool emmc_transfer_ok(const struct emmc *card);

/* Empties the card's cache, if it has one; waits. */
bool emmc_flush(struct emmc *card);

#endif
