/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The notes as files: one text file each, in the folder Notes of the user's documents. */
#ifndef NOTES_STORE_H
#define NOTES_STORE_H

#include <glib.h>

typedef struct note note;
struct note {
    char *path, *title,
        *excerpt;   /* its first line, and the first of the others that says something */
    gint64 changed; /* seconds since 1970 */
};

/* All notes, the newest first; g_ptr_array_unref() frees them. */
GPtrArray *store_list(void);

/* Where a new note goes; there is no such file yet. Free with g_free(). */
char *store_new_path(void);

/* The whole text; NULL if it cannot be read. Free with g_free(). */
char *store_load(const char *path);

/* Writes a note, whole or not at all. An empty one is no note: its file goes. */
gboolean store_save(const char *path, const char *text, GError **error);

#endif
