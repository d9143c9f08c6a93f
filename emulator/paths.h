/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where files of a running phone are: socket, lock, logs. */
#ifndef PATHS_H
#define PATHS_H

#include <glib.h>
#include <stdbool.h>

/* handset/ of the build that this program is part of; free with g_free(). */
char *paths_default_handset(void);

/*
 * Folder for the socket of the phone `name`, made if need be: $XDG_RUNTIME_DIR/phonebooth/NAME, or
 * /tmp/phonebooth-UID/NAME. Mode 0700 and ours, or NULL and `error`. Free with g_free().
 */
char *paths_runtime_dir(const char *name, GError **error);

/* Folder for its logs: $XDG_STATE_HOME/phonebooth/NAME, made if need be. The same rules. */
char *paths_state_dir(const char *name, GError **error);

/* Where logs go that are not kept: in `runtime_dir`, made private. */
char *paths_passing_logs(const char *runtime_dir, GError **error);

/*
 * One phone per name: takes the lock in `runtime_dir` until the process ends. False and `error`:
 * it is running already.
 */
bool paths_lock(const char *runtime_dir, const char *name, GError **error);

#endif
