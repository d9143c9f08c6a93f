/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Asks the user for a file. */
#ifndef PANEL_FILES_H
#define PANEL_FILES_H

#include <gtk/gtk.h>

struct files_question {
    const char *title;
    const char *kind;         /* what the files are: "GPX and KML files" */
    const char *const *globs; /* "*.gpx", ... NULL */
    const char *suggested;    /* name of a file that is written; NULL: one is read */
};

/* `chosen` gets its absolute path, unless the user does not choose one. `data` must stay. */
void files_ask(GtkWindow *above, const struct files_question *question,
               void (*chosen)(gpointer data, const char *path), gpointer data);

#endif
