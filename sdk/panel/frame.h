/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The panel's window: names of pages at the left, the page beside them, a line below. */
#ifndef PANEL_FRAME_H
#define PANEL_FRAME_H

#include <gtk/gtk.h>

struct frame {
    GtkWindow *window;
    GtkStack *stack;
    GtkRevealer *below;
    GtkLabel *line;
    void (*shown)(gpointer data); /* another page is in view */
    gpointer data;
};

void frame_open(struct frame *frame, GtkApplication *app, void (*shown)(gpointer data),
                gpointer data);

/* A page below the others; Alt with its number shows it. */
void frame_add(struct frame *frame, const char *name, const char *title, GtkWidget *page);

/* The name of the page in view. */
const char *frame_page(const struct frame *frame);

/* Whose window it is, in its title. */
void frame_set_name(struct frame *frame, const char *phone);

/* What is in the pages can be used. */
void frame_set_alive(struct frame *frame, gboolean alive);

/* The line below; NULL: none. */
void frame_say(struct frame *frame, const char *text);

#endif
