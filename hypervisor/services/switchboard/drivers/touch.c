/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* FT5x06 touch panel on I2C, docs/board/touch.md: registers 0x00..0x3e are one report. */
#include "touch.h"
#include "i2c.h"

#include "el1/irq.h"

#define ADDRESS      0x38u
#define REPORT_BYTES 63u
#define POINTS       3u
#define POINT_BYTES  6u
#define EVENT_DOWN   0u
#define EVENT_UP     1u
#define EVENT_MOVE   2u

static struct {
    uintptr_t i2c;
    const struct touch_ops *ops;
    bool down[TOUCH_CONTACTS];
} touch;

static void point(const uint8_t *at)
{
    const unsigned event = at[0] >> 6;
    const unsigned slot = at[2] >> 4;
    uint32_t x = (uint32_t)(at[0] & 0xf) << 8 | at[1];
    uint32_t y = (uint32_t)(at[2] & 0xf) << 8 | at[3];
    enum touch_action action;

    if (slot >= TOUCH_CONTACTS || event > EVENT_MOVE) {
        return;
    }
    if (event == EVENT_UP && !touch.down[slot]) {
        return;
    }
    x = x < SCREEN_WIDTH ? x : SCREEN_WIDTH - 1;
    y = y < SCREEN_HEIGHT ? y : SCREEN_HEIGHT - 1;
    if (event == EVENT_UP) {
        action = TOUCH_UP;
    } else {
        action = event == EVENT_DOWN || !touch.down[slot] ? TOUCH_DOWN : TOUCH_MOVE;
    }
    if (action == TOUCH_DOWN && touch.down[slot]) {
        touch.ops->contact(slot, TOUCH_UP, x, y);
    }
    touch.down[slot] = action != TOUCH_UP;
    touch.ops->contact(slot, action, x, y);
}

static void read_report(void *owner)
{
    uint8_t report[REPORT_BYTES];

    (void)owner;
    if (!i2c_read(touch.i2c, ADDRESS, 0, report, sizeof(report))) {
        return;
    }
    for (unsigned i = 0; i < TOUCH_CONTACTS; i++) {
        point(report + POINTS + i * POINT_BYTES);
    }
    touch.ops->report_end();
}

bool touch_init(const struct board *board, const struct touch_ops *ops)
{
    uint8_t report[REPORT_BYTES];

    touch.i2c = board->i2c.base;
    touch.ops = ops;
    if (!touch.i2c || !board->touch_intid) {
        return false;
    }
    i2c_init(touch.i2c);
    if (!i2c_read(touch.i2c, ADDRESS, 0, report, sizeof(report))) {
        return false;
    }
    irq_enable(board->touch_intid, true, read_report, NULL);
    return true;
}
