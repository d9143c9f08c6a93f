/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The window: the list, or one note. */
#ifndef NOTES_WINDOW_H
#define NOTES_WINDOW_H

#include <gtk/gtk.h>

typedef struct window window;

/* Shows the application's window; makes it when there is none. */
void window_show(GtkApplication *app);

/* Opens the note at `path`, which need not be there yet. */
void window_open(window *window, const char *path);

/* One line at the bottom, for some seconds. */
void window_say(window *window, const char *text);

#endif
