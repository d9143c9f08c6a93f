/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Driver of the board's sound part, docs/board/sound.md: DMA in periods, an interrupt for each.
 * While neither direction is on, there is none.
 */
#ifndef LPAIF_H
#define LPAIF_H

#include <stdbool.h>
#include <stdint.h>

#include "board.h"

#define LPAIF_PERIOD   480u /* frames, 10 ms */
#define LPAIF_CHANNELS 2u   /* samples of a frame */
#define LPAIF_LEAD     6u   /* periods that are filled before they are played */

struct lpaif_user {
    /* The next period to play: fill it, all LPAIF_PERIOD frames. */
    void (*fill)(int16_t *samples);
    /* A period that the microphone gave. */
    void (*take)(const int16_t *samples);
};

/* False: no sound part. The functions of user come from the event loop. */
bool lpaif_init(const struct board *board, const struct lpaif_user *user);

void lpaif_play(bool on);
void lpaif_record(bool on);

/* How often a period came too late to be played, since the start. */
unsigned lpaif_late(void);

#endif
