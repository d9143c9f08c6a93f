/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a snapshot says of itself: its header and its picture. Phone's thread. */
#ifndef SNAPSHOT_DESCRIBE_H
#define SNAPSHOT_DESCRIBE_H

#include "snapshot/snapshots.h"

/*
 * Completes `header`, which has images and layers, and writes it and what the screen shows to the
 * folder `dir`. False and `error`.
 */
bool describe_phone(struct snapshot_header *header, const struct snapshots_config *config,
                    const char *dir, GError **error);

#endif
