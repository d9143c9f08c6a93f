/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Driver of the board's battery gauge, docs/board/gauge.md. It is asked when it says that something
 * changed (SMBALERT#, SMBus 2.0, appendix A), and when somebody wants values that have become old.
 */
#ifndef GAUGE_H
#define GAUGE_H

#include "board.h"
#include "sbs.h"

/* False: no gauge. changed() comes from the event loop after the values have been read anew. */
bool gauge_init(const struct board *board, void (*changed)(void));

/* What it said last; zeros while there is none. The place stays. */
const struct sbs_values *gauge_values(void);

/* Asks it again, unless that was a moment ago. */
void gauge_refresh(void);

#endif
