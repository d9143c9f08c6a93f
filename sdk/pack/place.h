/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Gives the board's memory to the VMs and the boot files of each VM their places in it. */
#ifndef PACK_PLACE_H
#define PACK_PLACE_H

#include "plan.h"

/*
 * Sets plan->dram and plan->place of each VM, but for what measure.h sets; `plan` has board,
 * handset and switchboard. `image[vm]` is the VM's first program; of the switchboard's nothing is
 * read. FALSE and an error if the board's memory, or a VM's for its boot files, is too small.
 */
gboolean pack_place_all(struct pack_plan *plan, const struct pack_image image[PB_MAX_VMS],
                        GError **error);

#endif
