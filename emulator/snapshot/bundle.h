/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A snapshot as one file: a tar archive (pax, zstd) with what is in its folder, every layer of its
 * disks and the images that they lie over. Another handset of the same emulator and images can take
 * it. Blocking, for a worker thread.
 */
#ifndef SNAPSHOT_BUNDLE_H
#define SNAPSHOT_BUNDLE_H

#include "phone/handset.h"
#include "snapshot/store.h"

/* Writes `file`, whole or not at all. False and `error`. */
bool bundle_export(const struct store *store, const struct handset *handset, const char *name,
                   const char *file, GError **error);

/*
 * Makes the snapshot `name`, in place of one of that name, of what bundle_export() wrote. The file
 * may come from anywhere: only what a snapshot has is taken, under names of our own, with no more
 * bytes than `handset` can need, and no layer lies over anything that is not in the file. False and
 * `error`: nothing has changed.
 */
bool bundle_import(const struct store *store, const struct handset *handset, const char *name,
                   const char *file, GError **error);

#endif
