/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "window.h"

#include "editor.h"
#include "list.h"
#include "store.h"

enum { SAY_SECONDS = 5 };

struct window {
    GtkWidget *window, *pages, *list, *message, *add, *back, *delete;
    editor *editor;
    guint timer; /* until the message goes; 0: there is none */
};

static void show_page(window *window, gboolean editing)
{
    gtk_stack_set_visible_child(GTK_STACK(window->pages),
                                editing ? editor_widget(window->editor) : window->list);
    gtk_widget_set_visible(window->add, !editing);
    gtk_widget_set_visible(window->back, editing);
    gtk_widget_set_visible(window->delete, editing);
}

void window_open(window *window, const char *path)
{
    show_page(window, TRUE);
    editor_open(window->editor, path);
    g_print("open: %s\n", path);
}

static gboolean say_no_more(gpointer data)
{
    window *window = data;

    window->timer = 0;
    gtk_widget_set_visible(window->message, FALSE);
    return G_SOURCE_REMOVE;
}

void window_say(window *window, const char *text)
{
    g_printerr("%s\n", text);
    gtk_label_set_text(GTK_LABEL(window->message), text);
    gtk_widget_set_visible(window->message, TRUE);
    g_clear_handle_id(&window->timer, g_source_remove);
    window->timer = g_timeout_add_seconds(SAY_SECONDS, say_no_more, window);
}

static void on_add(GtkButton *button, gpointer data)
{
    g_autofree char *path = store_new_path();

    (void)button;
    window_open(data, path);
}

static void on_back(GtkButton *button, gpointer data)
{
    window *window = data;

    (void)button;
    editor_save(window->editor);
    list_refresh(window->list);
    show_page(window, FALSE);
}

static void on_delete(GtkButton *button, gpointer data)
{
    window *window = data;

    (void)button;
    editor_delete(window->editor);
    list_refresh(window->list);
    show_page(window, FALSE);
}

static gboolean on_close(GtkWindow *gtk, gpointer data)
{
    window *window = data;

    (void)gtk;
    editor_save(window->editor);
    g_clear_handle_id(&window->timer, g_source_remove);
    return FALSE;
}

static GtkWidget *button(window *window, const char *icon, const char *says, GCallback pressed)
{
    GtkWidget *button = gtk_button_new_from_icon_name(icon);

    gtk_widget_set_tooltip_text(button, says);
    g_signal_connect(button, "clicked", pressed, window);
    return button;
}

static GtkWidget *header(window *window)
{
    GtkWidget *bar = gtk_header_bar_new();

    window->add = button(window, "list-add-symbolic", "New note", G_CALLBACK(on_add));
    window->back = button(window, "go-previous-symbolic", "All notes", G_CALLBACK(on_back));
    window->delete = button(window, "user-trash-symbolic", "Delete", G_CALLBACK(on_delete));
    gtk_widget_add_css_class(window->add, "suggested-action");
    gtk_header_bar_set_show_title_buttons(GTK_HEADER_BAR(bar),
                                          FALSE); /* a phone's shell has them */
    gtk_header_bar_pack_start(GTK_HEADER_BAR(bar), window->back);
    gtk_header_bar_pack_end(GTK_HEADER_BAR(bar), window->add);
    gtk_header_bar_pack_start(GTK_HEADER_BAR(bar), window->delete); /* not where + was */
    return bar;
}

static void use_style(void)
{
    static const char style[] =
        ".notes { background: none; margin: 12px; }"
        ".notes row { background: @theme_base_color; border-radius: 14px; padding: 12px 16px;"
        "  margin-bottom: 8px; }"
        ".note-title { font-weight: bold; font-size: 1.15em; }"
        ".note-time { color: #c07800; font-weight: bold; }"
        ".note-excerpt { opacity: 0.6; }"
        ".paper { font-size: 1.15em; }"
        ".message { background: #c01c28; color: white; padding: 12px; }";
    g_autoptr(GtkCssProvider) provider = gtk_css_provider_new();

    gtk_css_provider_load_from_string(provider, style);
    gtk_style_context_add_provider_for_display(gdk_display_get_default(),
                                               GTK_STYLE_PROVIDER(provider),
                                               GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void make(window *window, GtkApplication *app)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);

    window->window = gtk_application_window_new(app);
    window->pages = gtk_stack_new();
    window->list = list_new(window);
    window->editor = editor_new(window);
    window->message = gtk_label_new(NULL);
    gtk_label_set_wrap(GTK_LABEL(window->message), TRUE);
    gtk_widget_add_css_class(window->message, "message");
    gtk_widget_set_visible(window->message, FALSE);
    gtk_widget_set_vexpand(window->pages, TRUE);
    gtk_stack_add_child(GTK_STACK(window->pages), window->list);
    gtk_stack_add_child(GTK_STACK(window->pages), editor_widget(window->editor));
    gtk_box_append(GTK_BOX(box), window->pages);
    gtk_box_append(GTK_BOX(box), window->message);
    gtk_window_set_title(GTK_WINDOW(window->window), "Notes");
    gtk_window_set_titlebar(GTK_WINDOW(window->window), header(window));
    gtk_window_set_default_size(GTK_WINDOW(window->window), 360, 640);
    gtk_window_set_child(GTK_WINDOW(window->window), box);
    g_signal_connect(window->window, "close-request", G_CALLBACK(on_close), window);
}

void window_show(GtkApplication *app)
{
    static window window; /* there is one */

    if (gtk_application_get_active_window(app) == NULL) {
        use_style();
        make(&window, app);
        list_refresh(window.list);
        show_page(&window, FALSE);
    }
    gtk_window_present(GTK_WINDOW(window.window));
    g_print("the window is there\n");
}
