/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <math.h>

#include "map_view.h"
#include "places.h"
#include "shapes.h"

#define SEA   0xd7e6f3
#define LAND  0xf3efe3
#define SHORE 0xb9b08f
#define GRID  0x7f98ad
#define INK   0x24313d
#define PHONE 0xc0313d

#define GRID_LEAST 90  /* pixels between two lines */
#define BAR_MOST   130 /* pixels */

/* At which scale cities of a rank are shown, pixels for a degree. */
static const double scale_of_rank[] = {0, 0, 6, 18};

static void draw_shore(cairo_t *cr, const struct map *map, const struct shore *shore)
{
    for (int world = -1; world <= 1; world++) {
        cairo_new_path(cr);
        for (unsigned i = 0; i < shore->count; i++) {
            double x, y;
            map_point(map, shore->point[i][0], map->lon, &x, &y);
            x += (shore->point[i][1] + 360 * world - map->lon) * map->scale;
            cairo_line_to(cr, x, y);
        }
        cairo_close_path(cr);
        shapes_colour(cr, LAND, 1);
        cairo_fill_preserve(cr);
        shapes_colour(cr, SHORE, 1);
        cairo_stroke(cr);
    }
}

static void draw_land(cairo_t *cr, const struct map *map)
{
    cairo_set_line_width(cr, 1);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (const struct shore *shore = shores; shore->count > 0; shore++) {
        draw_shore(cr, map, shore);
    }
}

/* A line of the graticule, on whole pixels, so that it is thin. */
static void draw_line(cairo_t *cr, double x1, double y1, double x2, double y2)
{
    shapes_colour(cr, GRID, 0.45);
    cairo_move_to(cr, floor(x1) + 0.5, floor(y1) + 0.5);
    cairo_line_to(cr, floor(x2) + 0.5, floor(y2) + 0.5);
    cairo_stroke(cr);
    shapes_colour(cr, INK, 0.75);
}

static void draw_meridians(GtkWidget *widget, cairo_t *cr, const struct map *map, double step)
{
    const double half = map->w / 2.0 / map->scale;

    for (double i = ceil((map->lon - half) / step); i * step <= map->lon + half; i++) {
        double x = map->w / 2.0 + (i * step - map->lon) * map->scale;
        char text[MAP_TEXT];
        draw_line(cr, x, 0, x, map->h);
        map_degrees(map_wrap(i * step), step, "EW", text);
        shapes_text(widget, cr, x, map->h - 10, text, 0.8);
    }
}

static void draw_parallels(GtkWidget *widget, cairo_t *cr, const struct map *map, double step)
{
    double north, south, lon;

    map_place(map, 0, 0, &north, &lon);
    map_place(map, 0, map->h, &south, &lon);
    for (double i = ceil(south / step); i * step <= north; i++) {
        double x, y;
        char text[MAP_TEXT];
        map_point(map, i * step, map->lon, &x, &y);
        draw_line(cr, 0, y, map->w, y);
        map_degrees(i * step, step, "NS", text);
        shapes_text(widget, cr, 32, y, text, 0.8);
    }
}

static void draw_cities(GtkWidget *widget, cairo_t *cr, const struct map *map)
{
    for (const struct place *place = places; place->name; place++) {
        double x, y;
        map_point(map, place->lat, place->lon, &x, &y);
        if (map->scale < scale_of_rank[place->rank] || x < 0 || x > map->w || y < 0 || y > map->h) {
            continue;
        }
        shapes_colour(cr, INK, 0.8);
        cairo_arc(cr, x, y, 2.2, 0, 2 * G_PI);
        cairo_fill(cr);
        shapes_text(widget, cr, x, y - 9, place->name, 0.78);
    }
}

static void draw_bar(GtkWidget *widget, cairo_t *cr, const struct map *map)
{
    double length, metres = map_bar(map, BAR_MOST, &length);
    double x = map->w - length - 14, y = map->h - 30;
    g_autofree char *text =
        metres >= 1000 ? g_strdup_printf("%g km", metres / 1000) : g_strdup_printf("%g m", metres);

    shapes_rounded(cr, x - 8, y - 20, length + 16, 28, 5);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.7);
    cairo_fill(cr);
    shapes_colour(cr, INK, 1);
    cairo_set_line_width(cr, 2);
    cairo_move_to(cr, x, y - 4);
    cairo_line_to(cr, x, y);
    cairo_line_to(cr, x + length, y);
    cairo_line_to(cr, x + length, y - 4);
    cairo_stroke(cr);
    shapes_text(widget, cr, x + length / 2, y - 10, text, 0.8);
}

/* A drop whose tip is the place; an arrow shows where it moves to. */
static void draw_phone(cairo_t *cr, const struct map *map, const struct map_phone *phone)
{
    double x, y;

    map_point(map, phone->lat, phone->lon, &x, &y);
    if (phone->speed > 0) {
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_rotate(cr, phone->course * G_PI / 180);
        cairo_move_to(cr, 0, -20);
        cairo_line_to(cr, 7.5, -5);
        cairo_line_to(cr, -7.5, -5);
        cairo_close_path(cr);
        cairo_arc(cr, 0, 0, 8, 0, 2 * G_PI);
        shapes_colour(cr, PHONE, 1);
        cairo_fill(cr);
        cairo_restore(cr);
    } else {
        cairo_move_to(cr, x, y);
        cairo_curve_to(cr, x - 3, y - 9, x - 10, y - 14, x - 10, y - 22);
        cairo_arc(cr, x, y - 22, 10, G_PI, 2 * G_PI);
        cairo_curve_to(cr, x + 10, y - 14, x + 3, y - 9, x, y);
        shapes_colour(cr, PHONE, 1);
        cairo_fill(cr);
        y -= 22;
    }
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_arc(cr, x, y, 3.5, 0, 2 * G_PI);
    cairo_fill(cr);
}

void map_draw(GtkWidget *widget, cairo_t *cr, const struct map *map, const struct map_phone *phone)
{
    double step = map_grid(map, GRID_LEAST);

    shapes_rounded(cr, 0, 0, map->w, map->h, 8);
    cairo_clip(cr);
    shapes_colour(cr, SEA, 1);
    cairo_paint(cr);
    draw_land(cr, map);
    cairo_set_line_width(cr, 1);
    draw_meridians(widget, cr, map, step);
    draw_parallels(widget, cr, map, step);
    draw_cities(widget, cr, map);
    draw_bar(widget, cr, map);
    if (phone->there) {
        draw_phone(cr, map, phone);
    }
    if (gtk_widget_has_visible_focus(widget)) {
        shapes_rounded(cr, 1, 1, map->w - 2, map->h - 2, 8);
        cairo_set_line_width(cr, 2);
        shapes_colour(cr, 0x3584e4, 0.8);
        cairo_stroke(cr);
    }
}
