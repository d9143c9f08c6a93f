/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * app.ini, the description of an app (docs/apps.md). It may have been written by anybody. Errors
 * are of G_FILE_ERROR, in one line that says which file, which key, and what is allowed.
 */
#ifndef APP_MANIFEST_H
#define APP_MANIFEST_H

#include <glib.h>

typedef struct manifest manifest;
struct manifest {
    char *id;   /* reverse DNS, as a well-known name of D-Bus */
    char *name; /* for people */
    char *version;
    char *icon;         /* name of a file beside app.ini, ending in .svg or .png; NULL: none */
    char *entry;        /* the program, its path in payload/ */
    char **permissions; /* words of manifest_permissions[], each once */
    char **packages;    /* [build]: Debian packages with the libraries that it is built with */
};

/* What an app can ask for; NULL ends them. */
extern const char *const manifest_permissions[];

/* Reads text, as it is in `file`, which is only for messages. NULL: error. */
manifest *manifest_parse(const char *text, gsize length, const char *file, GError **error);

/* Reads app.ini of a folder. */
manifest *manifest_read(const char *folder, GError **error);

/* Whether the files are in the folder that app.ini speaks of: the icon, the program. */
gboolean manifest_check_files(const manifest *manifest, const char *folder, GError **error);

/* app.ini anew, without [build]: each key once, permissions in their order. Free with g_free(). */
char *manifest_text(const manifest *manifest);

/* The entry for a phone's launcher; `icon`: an absolute path, or NULL. Free with g_free(). */
char *manifest_desktop_entry(const manifest *manifest, const char *icon);

/* Whether text can be the ID of an app. */
gboolean manifest_is_id(const char *text);

/* Accepts NULL. */
void manifest_free(manifest *manifest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(manifest, manifest_free)

#endif
