/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL061 GPIO, Arm DDI 0190 chapter 3: three inputs, an interrupt at both edges. */
#include <stddef.h>

#include "keys.h"

#include "el1/cpu.h"
#include "el1/irq.h"

#define LINES    ((1u << KEY_LINES) - 1)
#define GPIODATA (LINES << 2) /* the address bits select the lines */
#define GPIODIR  0x400u
#define GPIOIS   0x404u
#define GPIOIBE  0x408u
#define GPIOIE   0x410u
#define GPIORIS  0x414u
#define GPIOIC   0x41cu

static struct {
    uintptr_t base;
    bool down[KEY_LINES];
    void (*changed)(enum key key, bool down);
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

    while ((now = reg_read(keys.base + GPIORIS) & LINES) != 0) {
        edges |= now;
        reg_write(keys.base + GPIOIC, now);
        *levels = reg_read(keys.base + GPIODATA);
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
}

bool keys_init(const struct board *board, void (*changed)(enum key key, bool down))
{
    const uintptr_t base = board->gpio.base;

    if (!base) {
        return false;
    }
    keys.base = base;
    keys.changed = changed;
    reg_write(base + GPIODIR, reg_read(base + GPIODIR) & ~LINES);
    reg_write(base + GPIOIS, 0);
    reg_write(base + GPIOIBE, LINES);
    reg_write(base + GPIOIC, LINES);
    reg_write(base + GPIOIE, LINES);
    irq_enable(board->gpio.intid, false, interrupt, NULL);
    return true;
}
