/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots of a handset: from before its machine is made to after it has ended. */
#ifndef SNAPSHOT_OPEN_H
#define SNAPSHOT_OPEN_H

#include "snapshot/snapshots.h"

/*
 * For requests about the snapshots of the handset in `dir`, without a phone: nothing is locked, and
 * nothing decided. snapshots_close() it. False and `error`.
 */
bool snapshots_look(struct snapshots *snapshots, const char *dir, GError **error);

/*
 * Decides how the phone starts (snapshots->plan), and names its disks in `handset`, which has been
 * read and not changed yet. Takes hold of the handset, unless it is a trial; changes nothing. The
 * rest of snapshots->config is filled in by the caller, later. False and `error`: it cannot start.
 */
bool snapshots_open(struct snapshots *snapshots, const struct plan_options *options,
                    struct handset *handset, GError **error);

/* Everything else is well: the disks of the plan become the phone's, and `handset` names them. */
bool snapshots_take_disks(struct snapshots *snapshots, struct handset *handset, GError **error);

void snapshots_close(struct snapshots *snapshots);

#endif
