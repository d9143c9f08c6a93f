/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The emulator knows images by their contents and keeps what it computed of them, with size, times
 * and inode of each file, in snapshots/identity.json. A hard link changes a file's times but not
 * its contents: what was known before stays known.
 */
#ifndef HANDSET_STAMPS_H
#define HANDSET_STAMPS_H

#include <json-glib/json-glib.h>

/* What is known of files of the handset `dir` that are as they were then; unref it. */
JsonObject *stamps_take(const char *dir);

/* Notes it in the handset `dir`, which has the same files, of those that are there. That it cannot
 * be written is no failure: it will be computed again. */
void stamps_give(JsonObject *known, const char *dir);

#endif
