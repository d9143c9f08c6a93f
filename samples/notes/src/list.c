/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "list.h"

#include "store.h"

static GtkWidget *label(const char *text, const char *style)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_widget_add_css_class(label, style);
    return label;
}

static char *when(gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(seconds);
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    gboolean today = g_date_time_get_day_of_year(time) == g_date_time_get_day_of_year(now) &&
                     g_date_time_get_year(time) == g_date_time_get_year(now);

    return g_date_time_format(time, today ? "%H:%M" : "%e %b %Y");
}

static GtkWidget *row_of(const note *note)
{
    GtkWidget *row = gtk_list_box_row_new();
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
    GtkWidget *below = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
    g_autofree char *time = when(note->changed);

    gtk_box_append(GTK_BOX(box), label(note->title, "note-title"));
    gtk_box_append(GTK_BOX(below), label(time, "note-time"));
    gtk_box_append(GTK_BOX(below), label(note->excerpt, "note-excerpt"));
    gtk_box_append(GTK_BOX(box), below);
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
    g_object_set_data_full(G_OBJECT(row), "path", g_strdup(note->path), g_free);
    return row;
}

static void open_row(GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
    (void)box;
    window_open(data, g_object_get_data(G_OBJECT(row), "path"));
}

/* What is there instead of a list without notes. */
static GtkWidget *nothing_new(void)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    GtkWidget *image = gtk_image_new_from_icon_name("document-edit-symbolic");

    gtk_image_set_pixel_size(GTK_IMAGE(image), 72);
    gtk_widget_add_css_class(image, "note-excerpt");
    gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
    gtk_widget_set_vexpand(box, TRUE);
    gtk_box_append(GTK_BOX(box), image);
    for (int i = 0; i < 2; i++) {
        GtkWidget *text =
            label(i ? "Tap + to write one." : "No notes yet", i ? "note-excerpt" : "title-1");
        gtk_label_set_xalign(GTK_LABEL(text), 0.5f);
        gtk_box_append(GTK_BOX(box), text);
    }
    return box;
}

void list_refresh(GtkWidget *list)
{
    GtkListBox *box = g_object_get_data(G_OBJECT(list), "box");
    g_autoptr(GPtrArray) notes = store_list();

    gtk_list_box_remove_all(box);
    for (guint i = 0; i < notes->len; i++) {
        gtk_list_box_append(box, row_of(notes->pdata[i]));
    }
    gtk_stack_set_visible_child_name(GTK_STACK(list), notes->len > 0 ? "notes" : "nothing");
    g_print("%u notes\n", notes->len);
}

GtkWidget *list_new(window *window)
{
    GtkWidget *stack = gtk_stack_new();
    GtkWidget *scrolled = gtk_scrolled_window_new();
    GtkWidget *box = gtk_list_box_new();

    gtk_list_box_set_selection_mode(GTK_LIST_BOX(box), GTK_SELECTION_NONE);
    gtk_widget_add_css_class(box, "notes");
    gtk_widget_set_valign(box, GTK_ALIGN_START);
    g_signal_connect(box, "row-activated", G_CALLBACK(open_row), window);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
                                   GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), box);
    gtk_stack_add_named(GTK_STACK(stack), scrolled, "notes");
    gtk_stack_add_named(GTK_STACK(stack), nothing_new(), "nothing");
    g_object_set_data(G_OBJECT(stack), "box", box);
    return stack;
}
