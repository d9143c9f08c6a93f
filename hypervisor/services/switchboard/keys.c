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
#define GPIOIC   0x41cu

static struct {
    uintptr_t base;
    struct keychord chord;
    void (*meaning)(enum key key, enum key_meaning meaning);
} keys;

static void interrupt(void *owner)
{
    uint32_t lines;

    (void)owner;
    reg_write(keys.base + GPIOIC, LINES);
    lines = reg_read(keys.base + GPIODATA);
    for (unsigned key = 0; key < KEY_LINES; key++) {
        const enum key_meaning meaning = keychord_event(&keys.chord, key, lines >> key & 1);

        if (meaning != KEY_MEANS_NOTHING)
            keys.meaning(key, meaning);
    }
}

bool keys_init(const struct board *board, void (*meaning)(enum key key, enum key_meaning meaning))
{
    const uintptr_t base = board->gpio.base;

    if (!base)
        return false;
    keys.base = base;
    keys.meaning = meaning;
    reg_write(base + GPIODIR, reg_read(base + GPIODIR) & ~LINES);
    reg_write(base + GPIOIS, 0);
    reg_write(base + GPIOIBE, LINES);
    reg_write(base + GPIOIC, LINES);
    reg_write(base + GPIOIE, LINES);
    irq_enable(board->gpio.intid, false, interrupt, NULL);
    return true;
}
