/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the translations of snapshots are (machine/translations.h): in the user's cache, by the
 * snapshot's id, $XDG_CACHE_HOME/phonebooth/translations/ID. The emulator executes them, so they
 * are not part of the snapshot's folder: a handset or a snapshot that came from elsewhere has none.
 * Without them, a phone that goes on from a snapshot translates its code again.
 */
#ifndef SNAPSHOT_TRANSLATED_H
#define SNAPSHOT_TRANSLATED_H

#include <stdbool.h>

/* Hexadecimal digits, free with g_free(). */
char *translated_new_id(void);

/*
 * The id is in the snapshot's folder `dir`, in a file of its own, which goes with the folder. NULL:
 * the snapshot has no translations. Free with g_free().
 */
char *translated_read_id(const char *dir);
bool translated_write_id(const char *dir, const char *id);

/* The file of `id`, which is not looked for; free with g_free(). NULL: `id` is NULL. */
char *translated_path(const char *id);

/*
 * A name for the new file of `id`, in a folder that is there, to be given to translated_keep();
 * free with g_free(). NULL: there can be none.
 */
char *translated_begin(const char *id);

/* The file of translated_begin() is whole: it becomes the file of `id`. False: it cannot. */
bool translated_keep(const char *path, const char *id);

/* Removes the file of `id` (NULL: none), if there is one. What is mapped stays. */
void translated_remove(const char *id);

#endif
