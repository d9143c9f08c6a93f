/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's sensor hub, docs/board/sensors.md. */
#ifndef HUB_H
#define HUB_H

#include "board.h"
#include "hid.h"

/* False: no hub. news() comes from the event loop with an input report: `number` is its own. */
bool hub_init(const struct board *board,
              void (*news)(unsigned number, const struct hid_report *report));

/* What it was at its start. The place stays. */
const struct hid_hub *hub_get(void);

/* Asks for an input report now. False: there is none. */
bool hub_poll(unsigned number, struct hid_report *report);

/* Whether the sensor of that number tells of changes. */
void hub_turn(unsigned number, bool on);

#endif
