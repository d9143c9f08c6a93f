/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * An eMMC card and the transfers on it: one at a time, at most BLKCHUNK_BYTES; devices on the same
 * card take turns, so none can keep the others waiting. For block.c.
 */
#ifndef SB_CARD_H
#define SB_CARD_H

#include "blkchunk.h"
#include "drivers/board.h"
#include "drivers/emmc.h"

#include "el1/timers.h"

struct blk_dev {
    struct card *card;
    uint64_t first, sectors;
    bool read_only;
    uint64_t quiet_since; /* clock_us(), while there is no request */
    bool lost;            /* the card lost what was written: its next write or flush fails */
    struct blk_req *head, *tail;
    struct blk_dev *next; /* of the card */
};

struct card {
    struct emmc emmc;
    bool present;
    bool failing; /* the last transfer failed: said in the log once */
    struct blk_dev *devs, *turn;
    struct blk_dev *active; /* whose piece is in flight */
    bool busy;              /* a transfer is in flight; active NULL: of a cancelled request */
    bool write;
    struct blkchunk chunk;
    uint8_t *bounce;
    struct timer kick, timeout;
};

/* Looks for the card at `at` and readies it for transfers. False: there is none that works. */
bool card_init(struct card *card, const struct device *at);

/* Starts what waits, if nothing is in flight: as soon as the event loop runs, or now. */
void card_kick(struct card *card);
void card_kick_now(struct card *card);

/* Waits for the end of the transfer in flight, at most until its time is up; then it has failed. */
void card_wait(struct card *card);

#endif
