/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL061 GPIO, Arm DDI 0190 chapter 3: outputs. */
#include "gpio.h"

#include "el1/cpu.h"

#define GPIODATA(line) (4u << (line)) /* the address bits select the lines */
#define GPIODIR        0x400u

static uintptr_t base;

void gpio_init(const struct board *board)
{
    base = board->gpio.base;
}

void gpio_set(unsigned line, bool high)
{
    if (base && line < 8) {
        reg_write(base + GPIODIR, reg_read(base + GPIODIR) | 1u << line);
        reg_write(base + GPIODATA(line), (uint32_t)high << line);
    }
}
