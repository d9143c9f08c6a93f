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
    bool trim;             /* it has TRIM, and what is trimmed reads as zero */
    bool write, multiple;  /* the transfer under way */
    uint32_t status;       /* every bit that the card has shown in it (R1, 6.13) */
    bool lost;             /* it reported CC_ERROR: written data is gone; the reader clears it */
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

/*
 * To be called at the end of each transfer; ok: what the controller says of it. Asks the card for
 * its status where the response came before the data, and takes it out of a transfer that broke
 * off; polls, at most about a second. True: all blocks have been moved.
 */
bool emmc_finish(struct emmc *card, bool ok);

/* Makes these sectors zeros that take no room (6.6.10); waits. False: an error, or out of range. */
bool emmc_trim(struct emmc *card, uint64_t sector, uint32_t sectors);

/*
 * Begins to empty the card's cache: what was written before is stored for good when the end comes,
 * by card->host.done(). False: it did not begin. For a card with a cache.
 */
bool emmc_flush(struct emmc *card);

/* Collects errors of earlier writes; polls. False: there were any. */
bool emmc_check(struct emmc *card);

#endif
