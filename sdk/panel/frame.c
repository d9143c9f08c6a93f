/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "frame.h"

#define WIDTH  760
#define HEIGHT 660

static const char style[] =
    ".page { padding: 18px 20px 22px 20px; }"
    ".heading { font-weight: bold; font-size: 105%; margin: 2px 2px -6px 2px; }"
    ".group { background-color: @theme_base_color; border: 1px solid @borders;"
    " border-radius: 10px; padding: 14px 16px; }"
    ".value { color: alpha(@theme_fg_color, 0.75); font-feature-settings: 'tnum'; }"
    ".plane { border-radius: 9px; }"
    ".line { background-color: #a51d2d; color: #ffffff; padding: 8px 14px; }"
    "stacksidebar row { padding: 10px 16px; }";

static void load_style(GtkWidget *window)
{
    g_autoptr(GtkCssProvider) provider = gtk_css_provider_new();

    gtk_css_provider_load_from_data(provider, style, -1);
    gtk_style_context_add_provider_for_display(gtk_widget_get_display(window),
                                               GTK_STYLE_PROVIDER(provider),
                                               GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void on_shown(GtkStack *stack G_GNUC_UNUSED, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct frame *frame = data;

    frame->shown(frame->data);
}

static GtkWidget *make_below(struct frame *frame)
{
    GtkWidget *line = gtk_label_new(NULL), *below = gtk_revealer_new();

    gtk_label_set_xalign(GTK_LABEL(line), 0);
    gtk_label_set_ellipsize(GTK_LABEL(line), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class(line, "line");
    gtk_revealer_set_child(GTK_REVEALER(below), line);
    frame->line = GTK_LABEL(line);
    frame->below = GTK_REVEALER(below);
    return below;
}

/* The focus goes into the page, so that its keys work at once. */
static gboolean show_page(GtkWidget *window G_GNUC_UNUSED, GVariant *number, gpointer data)
{
    struct frame *frame = data;
    g_autoptr(GtkSelectionModel) pages = gtk_stack_get_pages(frame->stack);
    GtkWidget *focus, *page;

    gtk_selection_model_select_item(pages, (guint)g_variant_get_int32(number), TRUE);
    page = gtk_stack_get_visible_child(frame->stack);
    focus = gtk_window_get_focus(frame->window);
    if (focus == NULL || !gtk_widget_is_ancestor(focus, page)) {
        gtk_widget_child_focus(page, GTK_DIR_TAB_FORWARD);
    }
    return TRUE;
}

static gboolean close_window(GtkWidget *window, GVariant *none G_GNUC_UNUSED,
                             gpointer data G_GNUC_UNUSED)
{
    gtk_window_close(GTK_WINDOW(window));
    return TRUE;
}

static void add_keys(struct frame *frame)
{
    GtkEventController *keys = gtk_shortcut_controller_new();

    for (int i = 0; i < 9; i++) {
        GtkShortcut *shortcut =
            gtk_shortcut_new(gtk_keyval_trigger_new(GDK_KEY_1 + (guint)i, GDK_ALT_MASK),
                             gtk_callback_action_new(show_page, frame, NULL));
        gtk_shortcut_set_arguments(shortcut, g_variant_new_int32(i));
        gtk_shortcut_controller_add_shortcut(GTK_SHORTCUT_CONTROLLER(keys), shortcut);
    }
    gtk_shortcut_controller_add_shortcut(
        GTK_SHORTCUT_CONTROLLER(keys),
        gtk_shortcut_new(gtk_keyval_trigger_new(GDK_KEY_w, GDK_CONTROL_MASK),
                         gtk_callback_action_new(close_window, frame, NULL)));
    gtk_shortcut_controller_set_scope(GTK_SHORTCUT_CONTROLLER(keys), GTK_SHORTCUT_SCOPE_GLOBAL);
    gtk_widget_add_controller(GTK_WIDGET(frame->window), keys);
}

void frame_open(struct frame *frame, GtkApplication *app, void (*shown)(gpointer data),
                gpointer data)
{
    GtkWidget *window = gtk_application_window_new(app);
    GtkWidget *across = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
    GtkWidget *down = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *stack = gtk_stack_new(), *names = gtk_stack_sidebar_new();

    *frame = (struct frame){
        .window = GTK_WINDOW(window), .stack = GTK_STACK(stack), .shown = shown, .data = data};
    load_style(window);
    gtk_window_set_default_size(frame->window, WIDTH, HEIGHT);
    gtk_stack_sidebar_set_stack(GTK_STACK_SIDEBAR(names), frame->stack);
    gtk_widget_set_hexpand(stack, TRUE);
    gtk_widget_set_vexpand(across, TRUE);
    gtk_box_append(GTK_BOX(across), names);
    gtk_box_append(GTK_BOX(across), stack);
    gtk_box_append(GTK_BOX(down), across);
    gtk_box_append(GTK_BOX(down), make_below(frame));
    gtk_window_set_child(frame->window, down);
    add_keys(frame);
    frame_set_name(frame, "");
    g_signal_connect(stack, "notify::visible-child", G_CALLBACK(on_shown), frame);
}

void frame_add(struct frame *frame, const char *name, const char *title, GtkWidget *page)
{
    gtk_stack_add_titled(frame->stack, page, name, title);
}

const char *frame_page(const struct frame *frame)
{
    const char *name = gtk_stack_get_visible_child_name(frame->stack);

    return name ? name : "";
}

void frame_set_name(struct frame *frame, const char *phone)
{
    g_autofree char *title = g_strdup_printf("Phonebooth panel%s%s", *phone ? ": " : "", phone);

    gtk_window_set_title(frame->window, title);
}

void frame_set_alive(struct frame *frame, gboolean alive)
{
    gtk_widget_set_sensitive(GTK_WIDGET(frame->stack), alive);
}

void frame_say(struct frame *frame, const char *text)
{
    gtk_revealer_set_reveal_child(frame->below, text != NULL);
    if (text != NULL) {
        gtk_label_set_text(frame->line, text);
        gtk_widget_set_tooltip_text(GTK_WIDGET(frame->line), text);
    }
}
