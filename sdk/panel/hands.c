/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "hands.h"

#include <math.h>

#define NEAR 6 /* pixels: what moved less is a click */

static void on_begin(GtkGestureDrag *drag G_GNUC_UNUSED, double x G_GNUC_UNUSED,
                     double y G_GNUC_UNUSED, gpointer data)
{
    struct hands *hands = data;

    hands->drag_x = hands->drag_y = 0;
    hands->held = TRUE;
    gtk_widget_grab_focus(hands->widget);
}

static void on_drag(GtkGestureDrag *drag G_GNUC_UNUSED, double x, double y, gpointer data)
{
    struct hands *hands = data;

    hands->use->dragged(hands->data, x - hands->drag_x, y - hands->drag_y);
    hands->drag_x = x;
    hands->drag_y = y;
}

static void on_end(GtkGestureDrag *drag, double dx, double dy, gpointer data)
{
    struct hands *hands = data;
    double x, y;

    hands->held = FALSE;
    if (hands->use->clicked != NULL && hypot(dx, dy) < NEAR &&
        gtk_gesture_drag_get_start_point(drag, &x, &y)) {
        hands->use->clicked(hands->data, x, y);
    }
}

static void on_motion(GtkEventControllerMotion *mouse G_GNUC_UNUSED, double x, double y,
                      gpointer data)
{
    struct hands *hands = data;

    hands->mouse_x = x;
    hands->mouse_y = y;
}

static gboolean on_wheel(GtkEventControllerScroll *wheel G_GNUC_UNUSED, double dx G_GNUC_UNUSED,
                         double dy, gpointer data)
{
    struct hands *hands = data;

    hands->use->turned(hands->data, -dy, hands->mouse_x, hands->mouse_y);
    return TRUE;
}

static gboolean on_key(GtkEventControllerKey *keys G_GNUC_UNUSED, guint key,
                       guint code G_GNUC_UNUSED, GdkModifierType with, gpointer data)
{
    struct hands *hands = data;

    return (with & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && hands->use->pressed(hands->data, key);
}

void hands_init(struct hands *hands, GtkWidget *widget, const struct hands_use *use, gpointer data)
{
    GtkGesture *drag = gtk_gesture_drag_new();
    GtkEventController *keys = gtk_event_controller_key_new();
    GtkEventController *mouse = gtk_event_controller_motion_new();
    GtkEventController *wheel =
        gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

    *hands = (struct hands){.widget = widget, .use = use, .data = data};
    gtk_widget_set_focusable(widget, TRUE);
    g_signal_connect(drag, "drag-begin", G_CALLBACK(on_begin), hands);
    g_signal_connect(drag, "drag-update", G_CALLBACK(on_drag), hands);
    g_signal_connect(drag, "drag-end", G_CALLBACK(on_end), hands);
    g_signal_connect(mouse, "motion", G_CALLBACK(on_motion), hands);
    g_signal_connect(wheel, "scroll", G_CALLBACK(on_wheel), hands);
    g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key), hands);
    gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
    gtk_widget_add_controller(widget, mouse);
    gtk_widget_add_controller(widget, wheel);
    gtk_widget_add_controller(widget, keys);
}
