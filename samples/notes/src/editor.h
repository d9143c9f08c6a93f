/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One note. What is typed is on the disk a moment later: an app on a phone is ended without a word.
 */
#ifndef NOTES_EDITOR_H
#define NOTES_EDITOR_H

#include "window.h"

typedef struct editor editor;

/* It lives as long as its widget. */
editor *editor_new(window *window);
GtkWidget *editor_widget(editor *editor);

void editor_open(editor *editor, const char *path);

/* Writes what is not on the disk yet. */
void editor_save(editor *editor);

/* The note's file goes, and what is in the editor. */
void editor_delete(editor *editor);

#endif
