/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a report consists of: files in a folder that is thrown away, then one archive. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <glib.h>

struct report {
    char *folder;      /* temporary */
    GPtrArray *before; /* words of booth's before a verb: program, options; ended by NULL */
    GString *missing;  /* what could not be had, a line each */
};

/* FALSE and `error`: no temporary folder. `name` and `control`: the phone that is meant, or NULL.
 */
gboolean report_begin(struct report *report, const char *name, const char *control, GError **error);
void report_clear(struct report *report);

/* A text, without secrets (redact.h). */
void report_text(struct report *report, const char *file, const char *text, gsize length);

/* The end of a text file, at most a MiB; nothing if there is none. */
void report_file(struct report *report, const char *file, const char *path);

/* All *.log of a folder, as `prefix`NAME. */
void report_logs(struct report *report, const char *prefix, const char *folder);

/* A picture, as it is. */
void report_picture(struct report *report, const char *file, const char *path);

/*
 * What booth prints, asked with these words, within so many seconds: as `file`, and returned (free
 * with g_free()). NULL: it ended with another code than 0, and what it said is noted.
 */
char *report_ask(struct report *report, const char *file, guint seconds, const char *const *words);

/* Path of a file in the report, for a program that writes it itself. Free with g_free(). */
char *report_path(const struct report *report, const char *file);

/* All as one archive: whole or not at all. */
gboolean report_write(struct report *report, const char *path, GError **error);

#endif
