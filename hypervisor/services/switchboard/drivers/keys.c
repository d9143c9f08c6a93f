/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL061 GPIO, Arm DDI 0190 chapter 3: inputs, an interrupt at both edges. */
#include <stddef.h>

#include "keys.h"

#include "el1/cpu.h"
#include "el1/irq.h"

#define KEYS           ((1u << KEY_LINES) - 1)
#define GPIODATA(mask) ((mask) << 2) /* the address bits select the lines */
#define GPIODIR        0x400u
#define GPIOIS         0x404u
#define GPIOIBE        0x408u
#define GPIOIE         0x410u
#define GPIORIS        0x414u
#define GPIOIC         0x41cu

static struct {
    uintptr_t base;
    bool down[KEY_LINES];
    void (*changed)(enum key key, bool down);
    uint32_t lines; /* that are listened to */
    uint32_t watched;
    bool watched_level;
    void (*watcher)(bool level);
} keys;

static void event(unsigned key, bool down)
{
    if (keys.down[key] == down) {
        return;
    }
    keys.down[key] = down;
    keys.changed(key, down);
}

/* The levels, and which lines had an edge up to the moment of these levels. */
static uint32_t take_edges(uint32_t *levels)
{
    uint32_t edges = 0, now;

    while ((now = reg_read(keys.base + GPIORIS) & keys.lines) != 0) {
        edges |= now;
        reg_write(keys.base + GPIOIC, now);
        *levels = reg_read(keys.base + GPIODATA(keys.lines));
    }
    return edges;
}

/*
 * A line that had edges but is where it was has been pressed and released in between: all such
 * presses come before the levels, so that keys pressed together count as together.
 */
static void interrupt(void *owner)
{
    uint32_t levels = 0;
    const uint32_t edges = take_edges(&levels);

    (void)owner;
    for (unsigned key = 0; key < KEY_LINES; key++) {
        if ((edges >> key & 1) && keys.down[key] == (levels >> key & 1)) {
            event(key, !keys.down[key]);
        }
    }
    for (unsigned key = 0; key < KEY_LINES; key++) {
        if (edges >> key & 1) {
            event(key, levels >> key & 1);
        }
    }
    if (keys.watcher && (edges >> keys.watched & 1) &&
        keys.watched_level != (levels >> keys.watched & 1)) {
        keys.watched_level = !keys.watched_level;
        keys.watcher(keys.watched_level);
    }
}

/* These lines are inputs that interrupt, too. */
static bool listen(const struct board *board, uint32_t lines)
{
    const uintptr_t base = board->gpio.base;

    if (!base) {
        return false;
    }
    keys.base = base;
    keys.lines |= lines;
    reg_write(base + GPIODIR, reg_read(base + GPIODIR) & ~lines);
    reg_write(base + GPIOIS, 0);
    reg_write(base + GPIOIBE, keys.lines);
    reg_write(base + GPIOIC, lines);
    reg_write(base + GPIOIE, keys.lines);
    irq_enable(board->gpio.intid, false, interrupt, NULL);
    return true;
}

bool keys_init(const struct board *board, void (*changed)(enum key key, bool down))
{
    keys.changed = changed;
    return listen(board, KEYS);
}

bool keys_watch(const struct board *board, uint32_t line, void (*changed)(bool level))
{
    keys.base = board->gpio.base;
    if (line < KEY_LINES || line >= BOARD_NO_LINE || !listen(board, 1u << line)) {
        return false;
    }
    keys.watched = line;
    keys.watcher = changed;
    keys.watched_level = reg_read(keys.base + GPIODATA(1u << line));
    return keys.watched_level;
}
