/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The list of all notes. */
#ifndef NOTES_LIST_H
#define NOTES_LIST_H

#include "window.h"

/* A widget that belongs to who puts it somewhere. */
GtkWidget *list_new(window *window);

/* Reads the notes anew. */
void list_refresh(GtkWidget *list);

#endif
