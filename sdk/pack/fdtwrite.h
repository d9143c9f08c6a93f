/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Writing flattened device trees with libfdt's sequential interface: one error
 * code is kept, so that callers need to look only once, at the end.
 */
#ifndef PACK_FDTWRITE_H
#define PACK_FDTWRITE_H

#include <glib.h>

#include "board.h"

struct pack_fdt {
    void *buffer;
    int error; /* first error of libfdt, 0: none */
};

/* Starts a tree of at most `size` bytes and its root node. */
void pack_fdt_begin(struct pack_fdt *fdt, gsize size);

/* Ends the root node and the tree; frees the buffer. NULL and *error if anything failed. */
GBytes *pack_fdt_end(struct pack_fdt *fdt, const char *what, GError **error);

/* Node `name`, or with a unit address: name@unit. */
void pack_fdt_node(struct pack_fdt *fdt, const char *name);
void pack_fdt_node_at(struct pack_fdt *fdt, const char *name, guint64 unit);
void pack_fdt_end_node(struct pack_fdt *fdt);

/* `size` zeros, to be filled in later. */
void pack_fdt_room(struct pack_fdt *fdt, const char *name, gsize size);
void pack_fdt_empty(struct pack_fdt *fdt, const char *name);
void pack_fdt_u8(struct pack_fdt *fdt, const char *name, guint8 value);
void pack_fdt_u32(struct pack_fdt *fdt, const char *name, guint32 value);
void pack_fdt_u64(struct pack_fdt *fdt, const char *name, guint64 value);
void pack_fdt_string(struct pack_fdt *fdt, const char *name, const char *value);

/* Strings one after the other, `list` ended by NULL. */
void pack_fdt_strings(struct pack_fdt *fdt, const char *name, const char *const *list);
void pack_fdt_cells(struct pack_fdt *fdt, const char *name, const guint32 *cells, gsize count);

/* Pairs of base and size, two cells each. */
void pack_fdt_reg(struct pack_fdt *fdt, const char *name, const struct pack_range *ranges,
                  gsize count);

#endif
