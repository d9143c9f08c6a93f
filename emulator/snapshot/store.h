/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of a handset's snapshots:
 *
 *   snapshots/NAME/snapshot.json   what is in it (snapshot/header.h)
 *   snapshots/NAME/state           CPUs, devices, memory (machine/state.h)
 *   snapshots/NAME/screen.png      what the screen showed
 *   snapshots/NAME/translations    the id of what is in the user's cache (snapshot/translated.h)
 *   snapshots/disks/N-ID.qcow2     layers of disk N (snapshot/layer.h), of snapshots and of the
 *                                  phone as it is
 *   snapshots/present.json         the phone as it is (snapshot/present.h)
 *
 * A snapshot is there whole or not at all: it is made in a folder of another name, flushed to the
 * disk, then renamed. Whoever changes anything here holds the handset (store_lock()).
 */
#ifndef SNAPSHOT_STORE_H
#define SNAPSHOT_STORE_H

#include <glib.h>
#include <stdbool.h>

#define STORE_NAME_MAX 48

#define STORE_HEADER "snapshot.json"
#define STORE_STATE  "state"
#define STORE_SCREEN "screen.png"

struct store {
    char *root;  /* HANDSET/snapshots */
    char *disks; /* HANDSET/snapshots/disks */
};

void store_init(struct store *store, const char *handset_dir);
void store_clear(struct store *store);

/*
 * The handset is this process's until it ends: another phone may only try it. False and `error`:
 * another one runs from it.
 */
bool store_lock(const char *handset_dir, GError **error);

/* 1 to STORE_NAME_MAX letters, digits, '-', '_', '.'; no '.' in front; not "disks", not *.json. */
bool store_is_name(const char *name);

/* A file in a snapshot's folder, or the folder itself (`file` NULL). Free with g_free(). */
char *store_path(const struct store *store, const char *name, const char *file);

bool store_has(const struct store *store, const char *name);

/* Names of all snapshots, sorted; free with g_strfreev(). */
char **store_list(const struct store *store);

/* A new empty folder to make a snapshot in, free with g_free(). NULL and `error`. */
char *store_begin(const struct store *store, GError **error);

/* What is in `dir` is flushed and becomes the snapshot `name`, in place of one of that name. */
bool store_commit(const struct store *store, const char *dir, const char *name, GError **error);

/* Removes a folder of store_begin(). */
void store_abandon(const char *dir);

/* False and `error`: there is none, or it cannot be removed. */
bool store_delete(const struct store *store, const char *name, GError **error);

/* Removes the folders that killed processes left. */
void store_sweep(const struct store *store);

/* Bytes on the host's disk of a snapshot's folder, layers not counted. */
guint64 store_size(const struct store *store, const char *name);

#endif
