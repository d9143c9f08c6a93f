/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Reading a node of a flattened device tree (Devicetree Specification 0.4, chapter 2). */
#ifndef PACK_BOARD_NODE_H
#define PACK_BOARD_NODE_H

#include <libfdt.h>

#include "board.h"

/* One of the words of the node's `compatible` is this. */
gboolean pack_node_is(const void *dtb, int node, const char *compatible);

/* It has no `status`, or one that says so. */
gboolean pack_node_is_enabled(const void *dtb, int node);

/* A UART with a chip at its other end: a part like others, and none that is given by number. */
gboolean pack_node_is_serial_chip(const void *dtb, int node);

/* A number of `cells` cells, 1 or 2. */
guint64 pack_node_cells(const fdt32_t *cell, int cells);

/*
 * Entry `index` of `reg`. Buses between the node and the root are taken as 1:1 (empty `ranges`).
 * FALSE: there is none, or its numbers do not have one or two cells.
 */
gboolean pack_node_reg(const void *dtb, int node, int index, struct pack_range *range);

#endif
