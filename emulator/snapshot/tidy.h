/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nobody needs any more in the folder of snapshots. */
#ifndef SNAPSHOT_TIDY_H
#define SNAPSHOT_TIDY_H

#include "snapshot/present.h"

/*
 * Removes what killed processes left, and layers that neither the phone as it is nor a snapshot
 * has or lies over. Whoever holds the handset; a snapshot that cannot be read keeps all layers.
 */
void tidy(const struct store *store, const struct present *present);

#endif
