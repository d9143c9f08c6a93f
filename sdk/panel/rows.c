/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "rows.h"

#define SPACE 14 /* pixels around and between groups */

GtkWidget *rows_page(GtkWidget **column)
{
    GtkWidget *page = gtk_scrolled_window_new();

    *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, SPACE);
    gtk_widget_add_css_class(*column, "page");
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(page), *column);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(page), GTK_POLICY_NEVER,
                                   GTK_POLICY_AUTOMATIC);
    return page;
}

GtkWidget *rows_group(GtkWidget *column, const char *heading)
{
    GtkWidget *group = gtk_grid_new();

    if (heading != NULL) {
        GtkWidget *label = gtk_label_new(heading);
        gtk_label_set_xalign(GTK_LABEL(label), 0);
        gtk_widget_add_css_class(label, "heading");
        gtk_box_append(GTK_BOX(column), label);
    }
    gtk_widget_add_css_class(group, "group");
    gtk_grid_set_row_spacing(GTK_GRID(group), 10);
    gtk_grid_set_column_spacing(GTK_GRID(group), 24);
    gtk_box_append(GTK_BOX(column), group);
    return group;
}

void rows_add(GtkWidget *group, const char *label, GtkWidget *control)
{
    GtkWidget *text = gtk_label_new_with_mnemonic(label);

    gtk_label_set_xalign(GTK_LABEL(text), 0);
    gtk_label_set_mnemonic_widget(GTK_LABEL(text), control);
    gtk_accessible_update_relation(GTK_ACCESSIBLE(control), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                   text, NULL, -1);
    gtk_grid_attach_next_to(GTK_GRID(group), text, NULL, GTK_POS_BOTTOM, 1, 1);
    gtk_grid_attach_next_to(GTK_GRID(group), control, text, GTK_POS_RIGHT, 1, 1);
    gtk_widget_set_hexpand(control, TRUE);
    gtk_widget_set_valign(control, GTK_ALIGN_CENTER);
}

void rows_add_wide(GtkWidget *group, GtkWidget *widget)
{
    gtk_grid_attach_next_to(GTK_GRID(group), widget, NULL, GTK_POS_BOTTOM, 2, 1);
    gtk_widget_set_hexpand(widget, TRUE);
}

static GtkWidget *make_value(void)
{
    GtkWidget *value = gtk_label_new("");

    gtk_label_set_xalign(GTK_LABEL(value), 1);
    gtk_label_set_ellipsize(GTK_LABEL(value), PANGO_ELLIPSIZE_START);
    gtk_widget_add_css_class(value, "value");
    return value;
}

GtkLabel *rows_value(GtkWidget *group, const char *label)
{
    GtkWidget *value = make_value();

    rows_add(group, label, value);
    return GTK_LABEL(value);
}

GtkLabel *rows_value_beside(GtkWidget *group, const char *label, GtkWidget *control)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 14), *value = make_value();

    gtk_widget_set_hexpand(value, TRUE);
    gtk_box_append(GTK_BOX(box), value);
    gtk_box_append(GTK_BOX(box), control);
    rows_add(group, label, box);
    return GTK_LABEL(value);
}

GtkWidget *rows_switch(GCallback changed, gpointer data)
{
    GtkWidget *control = gtk_switch_new();

    gtk_widget_set_halign(control, GTK_ALIGN_END);
    g_signal_connect(control, "notify::active", changed, data);
    return control;
}

GtkWidget *rows_button(const char *label, GCallback clicked, gpointer data)
{
    GtkWidget *button = gtk_button_new_with_mnemonic(label);

    g_signal_connect(button, "clicked", clicked, data);
    return button;
}

GtkWidget *rows_slider(double least, double most, double step, GCallback changed, gpointer data)
{
    GtkWidget *slider = gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, least, most, step);

    gtk_scale_set_draw_value(GTK_SCALE(slider), TRUE);
    gtk_scale_set_value_pos(GTK_SCALE(slider), GTK_POS_RIGHT);
    gtk_range_set_increments(GTK_RANGE(slider), step, (most - least) / 10);
    g_signal_connect(slider, "change-value", changed, data);
    return slider;
}

void rows_show_switch(GtkWidget *control, gboolean on, GCallback changed)
{
    /* Setting what it is already would end the move that a user has just begun. */
    if (gtk_switch_get_active(GTK_SWITCH(control)) == on) {
        return;
    }
    g_signal_handlers_block_matched(control, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)changed,
                                    NULL);
    gtk_switch_set_active(GTK_SWITCH(control), on);
    g_signal_handlers_unblock_matched(control, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)changed,
                                      NULL);
}
