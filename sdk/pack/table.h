/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The configuration table as bytes (phonebooth/table.h), with its stage-2 tables. For a VM that is
 * not served by the switchboard, owner is the VM itself, and owner_s2_root and doorbell are 0. Such
 * VMs are the switchboard itself, other services, and every VM of a handset without a switchboard;
 * EL2 starts them at boot.
 *
 * When EL2 starts, a VM with PB_VM_AUTOSTART is to run and its RAM is mapped in no other; every
 * other VM is OFF and its RAM is mapped in its owner too (lent). The owner has level-2 tables for
 * all of DRAM: lending never needs a new one. The pool for tables made at run time is the rest of
 * the table's MiB.
 */
#ifndef PACK_TABLE_H
#define PACK_TABLE_H

#include <glib.h>

#include "plan.h"

/* Free the result with g_bytes_unref(). NULL: see error. */
GBytes *pack_table_make(const struct pack_plan *plan, GError **error);

/*
 * Checks that `size` bytes at `data` are a whole table whose counts and stage-2 tables are
 * sound; `file` is for messages. Returns it as a struct, or NULL.
 */
const struct pb_table *pack_table_check(const void *data, gsize size, const char *file,
                                        GError **error);

/* Prints it for people. The table has passed pack_table_check(). */
void pack_table_dump(const struct pb_table *table, GString *out);

#endif
