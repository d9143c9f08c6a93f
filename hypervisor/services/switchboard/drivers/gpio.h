/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Outputs of the board's PL061; its keys are in keys.h. */
#ifndef GPIO_H
#define GPIO_H

#include "board.h"

void gpio_init(const struct board *board);

/* Drives a line, 0..7; without a GPIO: nothing. */
void gpio_set(unsigned line, bool high);

#endif
