/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The measurement of a protected VM (phonebooth/measure.h): the hash of its boot files where they
 * will lie, and the program that checks it before they run.
 */
#ifndef PACK_MEASURE_H
#define PACK_MEASURE_H

#include <glib.h>

#include "plan.h"

/*
 * Fills plan->place[vm].rim and .measure: `program` (at most PB_MEASURE_PROGRAM bytes) and its
 * list, as pages. `initrd` may be NULL. Fails if the files leave no room for the program's stack.
 */
gboolean pack_measure(struct pack_plan *plan, guint vm, GBytes *program, GBytes *kernel,
                      GBytes *initrd, GBytes *dtb, GError **error);

#endif
