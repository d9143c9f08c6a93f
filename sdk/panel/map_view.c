/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "map_view.h"

#include <math.h>

#define WHEEL      1.25 /* as large again with each step */
#define KEY_PIXELS 40
#define MARGIN     48 /* of a phone that the map follows, pixels */

static void draw(GtkDrawingArea *area, cairo_t *cr, int w, int h, gpointer data)
{
    struct map_view *view = data;

    if (view->map.w != w || view->map.h != h) {
        view->map.w = w;
        view->map.h = h;
        map_zoom(&view->map, 1, w / 2.0, h / 2.0);
    }
    map_draw(GTK_WIDGET(area), cr, &view->map, &view->phone);
}

static void on_drag(gpointer data, double dx, double dy)
{
    struct map_view *view = data;

    map_pan(&view->map, dx, dy);
    gtk_widget_queue_draw(view->widget);
}

static void choose(gpointer data, double x, double y)
{
    struct map_view *view = data;
    double lat, lon;

    map_place(&view->map, x, y, &lat, &lon);
    view->chosen(view->data, lat, lon);
}

static void zoom(gpointer data, double steps, double x, double y)
{
    struct map_view *view = data;

    map_zoom(&view->map, pow(WHEEL, steps), x, y);
    gtk_widget_queue_draw(view->widget);
}

static gboolean on_key(gpointer data, guint key)
{
    static const struct {
        guint key;
        int x, y, zoom;
    } moves[] = {
        {GDK_KEY_Left, 1, 0, 0},  {GDK_KEY_Right, -1, 0, 0}, {GDK_KEY_Up, 0, 1, 0},
        {GDK_KEY_Down, 0, -1, 0}, {GDK_KEY_plus, 0, 0, 1},   {GDK_KEY_KP_Add, 0, 0, 1},
        {GDK_KEY_equal, 0, 0, 1}, {GDK_KEY_minus, 0, 0, -1}, {GDK_KEY_KP_Subtract, 0, 0, -1},
    };
    struct map_view *view = data;
    double x = view->map.w / 2.0, y = view->map.h / 2.0;

    if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) {
        choose(view, x, y);
        return TRUE;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(moves); i++) {
        if (moves[i].key == key) {
            map_pan(&view->map, moves[i].x * KEY_PIXELS, moves[i].y * KEY_PIXELS);
            zoom(view, moves[i].zoom, x, y);
            return TRUE;
        }
    }
    return FALSE;
}

void map_view_init(struct map_view *view, void (*chosen)(gpointer data, double lat, double lon),
                   gpointer data)
{
    static const struct hands_use use = {on_drag, choose, zoom, on_key};

    *view = (struct map_view){.widget = gtk_drawing_area_new(),
                              .map = {.lat = 25, .lon = 10, .scale = 1},
                              .chosen = chosen,
                              .data = data};
    gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(view->widget), draw, view, NULL);
    gtk_drawing_area_set_content_height(GTK_DRAWING_AREA(view->widget), 240);
    gtk_widget_set_vexpand(view->widget, TRUE);
    gtk_widget_set_tooltip_text(view->widget, "Click to put the phone there; drag to move the map, "
                                              "turn the wheel to change its scale");
    hands_init(&view->hands, view->widget, &use, view);
}

void map_view_show(struct map_view *view, const struct map_phone *phone, gboolean follow)
{
    view->phone = *phone;
    if (phone->there && follow && view->map.w > 0) {
        map_follow(&view->map, phone->lat, phone->lon, MARGIN);
    }
    gtk_widget_queue_draw(view->widget);
}
