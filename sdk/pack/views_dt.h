/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a persona sees of the board's parts, for the switchboard: docs/design/contracts.md, 5. */
#ifndef PACK_VIEWS_DT_H
#define PACK_VIEWS_DT_H

#include "handset.h"

/* Adds properties to the VM's node. 0, or an error of libfdt's. */
int pack_views_write(void *fdt, int node, const struct pack_vm *vm);

#endif
