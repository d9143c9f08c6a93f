/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <libfdt.h>

#include "guestdt.h"
#include "phonebooth/chosen.h"

static const char *zone; /* PB_TIMEZONE_SIZE bytes, or NULL */

void guestdt_init(const struct board *board)
{
    zone = board->zone;
}

void guestdt_fill(void *tree, uint64_t size)
{
    int node;

    if (!zone || fdt_check_full(tree, size)) {
        return;
    }
    node = fdt_path_offset(tree, "/chosen");
    if (node >= 0) {
        fdt_setprop_inplace(tree, node, PB_TIMEZONE, zone, PB_TIMEZONE_SIZE);
    }
}
