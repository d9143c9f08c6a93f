/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "editor.h"

#include "store.h"

enum { SAVE_AFTER_MS = 400 };

struct editor {
    window *window;
    GtkWidget *widget, *view;
    GtkTextBuffer *buffer;
    char *path;
    guint timer; /* of what is not on the disk yet; 0: all is */
};

static char *text_of(const editor *editor)
{
    GtkTextIter start, end;

    gtk_text_buffer_get_bounds(editor->buffer, &start, &end);
    return gtk_text_buffer_get_text(editor->buffer, &start, &end, FALSE);
}

void editor_save(editor *editor)
{
    g_autoptr(GError) error = NULL;

    if (editor->timer == 0) {
        return;
    }
    g_clear_handle_id(&editor->timer, g_source_remove);
    g_autofree char *text = text_of(editor);
    if (store_save(editor->path, text, &error)) {
        g_print("saved: %s\n", editor->path);
    } else {
        window_say(editor->window, error->message);
    }
}

static gboolean save_now(gpointer data)
{
    editor_save(data);
    return G_SOURCE_REMOVE;
}

static void on_changed(GtkTextBuffer *buffer, gpointer data)
{
    editor *editor = data;

    (void)buffer;
    g_clear_handle_id(&editor->timer, g_source_remove);
    editor->timer = g_timeout_add(SAVE_AFTER_MS, save_now, editor);
}

void editor_open(editor *editor, const char *path)
{
    g_autofree char *text = store_load(path);

    g_free(editor->path);
    editor->path = g_strdup(path);
    gtk_text_buffer_set_text(editor->buffer, text ? text : "", -1);
    g_clear_handle_id(&editor->timer, g_source_remove); /* nobody has typed yet */
    gtk_widget_grab_focus(editor->view);
}

void editor_delete(editor *editor)
{
    g_clear_handle_id(&editor->timer, g_source_remove);
    store_save(editor->path, "", NULL);
}

static void on_destroy(GtkWidget *widget, gpointer data)
{
    editor *editor = data;

    (void)widget;
    g_clear_handle_id(&editor->timer, g_source_remove);
    g_free(editor->path);
    g_free(editor);
}

GtkWidget *editor_widget(editor *editor)
{
    return editor->widget;
}

editor *editor_new(window *window)
{
    editor *editor = g_new0(struct editor, 1);
    GtkWidget *view = gtk_text_view_new();

    editor->window = window;
    editor->view = view;
    editor->widget = gtk_scrolled_window_new();
    editor->buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view), GTK_WRAP_WORD_CHAR);
    gtk_text_view_set_left_margin(GTK_TEXT_VIEW(view), 18);
    gtk_text_view_set_right_margin(GTK_TEXT_VIEW(view), 18);
    gtk_text_view_set_top_margin(GTK_TEXT_VIEW(view), 18);
    gtk_text_view_set_bottom_margin(GTK_TEXT_VIEW(view), 18);
    gtk_widget_add_css_class(view, "paper");
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(editor->widget), view);
    g_signal_connect(editor->buffer, "changed", G_CALLBACK(on_changed), editor);
    g_signal_connect(editor->widget, "destroy", G_CALLBACK(on_destroy), editor);
    return editor;
}
