/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The board's LED, torch, vibrator, side switch (a PL061) and backlight (LP8556). */
#ifndef DRIVERS_LIGHTS_H
#define DRIVERS_LIGHTS_H

#include "board.h"

#define LIGHTS_SWITCH 5u /* line of the side switch; those below it are outputs */

/* silent(): the side switch has moved. False: the board has none of it. */
bool lights_board_init(const struct board *board, void (*silent)(bool silent));

/* The outputs, one bit each; 0 to 255. */
void lights_board_set(uint8_t on);
void lights_board_backlight(uint8_t level);

#endif
