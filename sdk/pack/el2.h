/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * EL2's own address space: identity, W^X. Stage 1 of EL2 (VMSAv8-64, Arm DDI 0487, D8) with the
 * geometry of stage2.h, so that the same code makes it.
 */
#ifndef PACK_EL2_H
#define PACK_EL2_H

#include "plan.h"
#include "stage2.h"

/*
 * Maps what EL2 uses: the 2 MiB with its image, the table and the trace, DRAM, interrupt
 * controller, and the UART `uart` (0: none). *root is the level-1 table's physical address.
 */
gboolean pack_el2_map(struct pack_s2 *s2, const struct pack_plan *plan, guint64 uart, guint64 *root,
                      GError **error);

#endif
