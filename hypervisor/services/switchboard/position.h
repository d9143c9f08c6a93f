/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What each persona learns of where the phone is, by its policy: what the board's receiver says,
 * always the same place, or nothing. The receiver has power while a persona listens that may hear
 * it.
 */
#ifndef POSITION_H
#define POSITION_H

#include "drivers/board.h"

/* VMs before; virtio devices after. */
void position_init(const struct board *board);

#endif
