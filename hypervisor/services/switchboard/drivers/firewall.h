/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Report page of the board's DMA firewall, docs/board/dma-firewall.md. What is refused is a mistake
 * of ours: no guest gives addresses to devices. It is logged and counted.
 */
#ifndef FIREWALL_H
#define FIREWALL_H

#include <stddef.h>

#include "board.h"

void firewall_init(const struct board *board);

/* Counters for `stats`. */
void firewall_stats(char *text, size_t size);

#endif
