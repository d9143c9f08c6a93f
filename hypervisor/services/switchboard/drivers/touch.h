/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the FT5x06 touch panel, docs/board/touch.md; ten contacts. */
#ifndef TOUCH_H
#define TOUCH_H

#include "board.h"
#include "panel.h"
#include "el1/touch.h"

#define TOUCH_CONTACTS 10u

struct touch_ops {
    /* A contact in screen pixels, inside the screen. A contact goes down before it moves or goes
     * up. */
    void (*contact)(unsigned slot, enum touch_action action, uint32_t x, uint32_t y);
    void (*report_end)(void);
};

/* False: no panel. ops must stay. */
bool touch_init(const struct board *board, const struct touch_ops *ops);

#endif
