/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What each VM of the table can reach: its stage-2 tables, the interrupts that are its own and the
 * ranges whose accesses trap. Used by table.c alone.
 */
#ifndef PACK_TABLE_MAP_H
#define PACK_TABLE_MAP_H

#include <glib.h>

#include "plan.h"
#include "stage2.h"

/* A table in the making. */
struct pack_builder {
    const struct pack_plan *plan;
    struct pb_table table;
    struct pack_s2 s2;
    GError **error; /* where its functions put what went wrong */
};

/*
 * Fills the stage-2 tables of VM `vm` and adds its routes and traps. Its entry in the table must
 * have its s2_root. For a measured VM it also sets flags, entry, x0 and rim. FALSE and an error if
 * the board's interrupts or the table's places do not suffice.
 */
gboolean pack_table_map_vm(struct pack_builder *b, guint vm);

#endif
