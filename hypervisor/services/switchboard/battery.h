/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The phone's battery. When it is empty the personas are asked to shut down, and then the phone is
 * switched off; the battery itself does that two minutes later (docs/board/gauge.md).
 */
#ifndef BATTERY_H
#define BATTERY_H

#include "drivers/board.h"

/* After the VMs are known. */
void battery_init(const struct board *board);

#endif
