/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* How pages are laid out: groups with a heading, rows of a label and a control in them. */
#ifndef PANEL_ROWS_H
#define PANEL_ROWS_H

#include <gtk/gtk.h>

/* A page; *column takes its groups. */
GtkWidget *rows_page(GtkWidget **column);

/* A group at the end of a column. `heading` may be NULL. */
GtkWidget *rows_group(GtkWidget *column, const char *heading);

/* A row at the end of a group. `label` has the letter for Alt after an underscore. */
void rows_add(GtkWidget *group, const char *label, GtkWidget *control);

/* A row that is as wide as the group. */
void rows_add_wide(GtkWidget *group, GtkWidget *widget);

/* A row that shows a value. */
GtkLabel *rows_value(GtkWidget *group, const char *label);

/* The same with a control at its right. */
GtkLabel *rows_value_beside(GtkWidget *group, const char *label, GtkWidget *control);

/* Controls; `changed` is called for changes by the user and by the program. */
GtkWidget *rows_switch(GCallback changed, gpointer data);
GtkWidget *rows_button(const char *label, GCallback clicked, gpointer data);

/*
 * A slider. `changed` is called for changes by the user only:
 * gboolean changed(GtkRange *, GtkScrollType, double value, gpointer data), which returns FALSE;
 * `value` may lie outside of the range.
 */
GtkWidget *rows_slider(double least, double most, double step, GCallback changed, gpointer data);

/* Shows a value in a control without its telling so: `changed` is what rows_switch() got. */
void rows_show_switch(GtkWidget *control, gboolean on, GCallback changed);

#endif
