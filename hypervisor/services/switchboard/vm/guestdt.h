/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a VM's device tree gets when it is loaded: the host's time zone (phonebooth/chosen.h). */
#ifndef GUESTDT_H
#define GUESTDT_H

#include "drivers/board.h"

/* Keeps the board's zone for all trees to come. */
void guestdt_init(const struct board *board);

/*
 * Fills in the tree of `size` bytes, which comes from a disk: what is not whole, or has no place
 * for a zone, stays as it is.
 */
void guestdt_fill(void *tree, uint64_t size);

#endif
