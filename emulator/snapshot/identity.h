/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a snapshot depends on, by content: the emulator's program and the handset's images. Hashing
 * is done once per file; a cache beside the snapshots knows a file by size, times and inode.
 */
#ifndef SNAPSHOT_IDENTITY_H
#define SNAPSHOT_IDENTITY_H

#include <json-glib/json-glib.h>

#include "phone/handset.h"

#define IDENTITY_EMULATOR "emulator"

struct identity;

/*
 * Notes which files `handset` names now, before anything replaces their paths. Nothing is read yet.
 * `cache`: file, may be missing.
 */
struct identity *identity_new(const struct handset *handset, const char *cache);
void identity_free(struct identity *identity);

/*
 * Name (IDENTITY_EMULATOR, a path within the handset) to SHA-256, as strings. Reads what the cache
 * does not know; json_object_unref() it. NULL and `error`: a file cannot be read, or is another one
 * than at identity_new().
 */
JsonObject *identity_read(struct identity *identity, GError **error);

#endif
