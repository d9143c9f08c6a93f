/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "phone_view.h"

#include <math.h>

#include "shapes.h"

/* The phone, with its height as the unit; where the eye is. */
#define WIDTH  0.5
#define DEPTH  0.07
#define ROUND  0.07
#define BEZEL  0.025
#define EYE    3.6
#define CORNER 6 /* points of a round corner */
#define POINTS (4 * CORNER)

#define DRAG 0.011  /* radians for a pixel */
#define STEP 0.0873 /* radians for a key or a step of the wheel: 5 degrees */

struct canvas {
    cairo_t *cr;
    const struct pose *pose;
    double x, y, size; /* middle; pixels for the unit */
};

static void to(const struct canvas *canvas, struct vector point, bool first)
{
    struct vector p = pose_to_world(canvas->pose, point);
    double near = EYE / (EYE - p.z);
    double x = canvas->x + p.x * near * canvas->size, y = canvas->y - p.y * near * canvas->size;

    if (first) {
        cairo_new_path(canvas->cr);
        cairo_move_to(canvas->cr, x, y);
    } else {
        cairo_line_to(canvas->cr, x, y);
    }
}

/* Whether the plane through a point of the phone is seen from the side that `normal` points to. */
static bool is_seen(const struct canvas *canvas, struct vector point, struct vector normal)
{
    struct vector p = pose_to_world(canvas->pose, point);
    struct vector n = pose_to_world(canvas->pose, normal);

    return n.x * -p.x + n.y * -p.y + n.z * (EYE - p.z) > 0;
}

/* The outline, `inset` from the edge; angle: of the normal there. */
static struct vector outline(unsigned i, double inset, double z, double *angle)
{
    unsigned corner = i / CORNER;
    double round = ROUND - inset, w = WIDTH / 2 - ROUND, h = 0.5 - ROUND;

    *angle = G_PI_2 * (corner + (double)(i % CORNER) / (CORNER - 1));
    return (struct vector){(corner == 0 || corner == 3 ? w : -w) + round * cos(*angle),
                           (corner < 2 ? h : -h) + round * sin(*angle), z};
}

static void plate(const struct canvas *canvas, double inset, double z, guint32 colour)
{
    double angle;

    for (unsigned i = 0; i < POINTS; i++) {
        to(canvas, outline(i, inset, z, &angle), i == 0);
    }
    cairo_close_path(canvas->cr);
    shapes_colour(canvas->cr, colour, 1);
    cairo_fill(canvas->cr);
}

static void patch(const struct canvas *canvas, double x, double y, double w, double h, double z,
                  guint32 colour)
{
    to(canvas, (struct vector){x, y, z}, true);
    to(canvas, (struct vector){x + w, y, z}, false);
    to(canvas, (struct vector){x + w, y - h, z}, false);
    to(canvas, (struct vector){x, y - h, z}, false);
    cairo_close_path(canvas->cr);
    shapes_colour(canvas->cr, colour, 1);
    cairo_fill(canvas->cr);
}

static void draw_edge(const struct canvas *canvas)
{
    for (unsigned i = 0; i < POINTS; i++) {
        double a, b;
        struct vector p = outline(i, 0, DEPTH / 2, &a),
                      q = outline((i + 1) % POINTS, 0, DEPTH / 2, &b);
        double middle = i % CORNER == CORNER - 1 ? a : (a + b) / 2;
        struct vector normal = {cos(middle), sin(middle), 0};

        if (is_seen(canvas, p, normal)) {
            double light = pose_to_world(canvas->pose, normal).y;
            guint32 grey = (guint32)(0x70 + 0x30 * light);
            to(canvas, p, true);
            to(canvas, q, false);
            to(canvas, (struct vector){q.x, q.y, -DEPTH / 2}, false);
            to(canvas, (struct vector){p.x, p.y, -DEPTH / 2}, false);
            cairo_close_path(canvas->cr);
            shapes_colour(canvas->cr, grey << 16 | grey << 8 | (grey + 8), 1);
            cairo_fill_preserve(canvas->cr);
            cairo_set_line_width(canvas->cr, 0.7);
            cairo_stroke(canvas->cr);
        }
    }
}

/* What tells upper edge from lower and screen from back. */
static void draw_front(const struct canvas *canvas)
{
    double z = DEPTH / 2, w = WIDTH - 2 * BEZEL;

    plate(canvas, 0, z, 0x1b1d22);
    plate(canvas, BEZEL, z, 0x26508c);
    patch(canvas, -w / 2 + 0.05, 0.5 - BEZEL - 0.012, w - 0.1, 0.028, z, 0x62a0ea);
    for (int i = 0; i < 8; i++) {
        patch(canvas, -0.165 + 0.09 * (i % 4), i < 4 ? 0.1 : -0.02, 0.06, 0.06, z, 0x99c1f1);
    }
    patch(canvas, -0.07, -0.5 + BEZEL + 0.03, 0.14, 0.012, z, 0xdeeafb);
}

static void draw_back(const struct canvas *canvas)
{
    plate(canvas, 0, -DEPTH / 2, 0x3d3f46);
    patch(canvas, -0.03, 0.42, 0.2, 0.1, -DEPTH / 2, 0x16171a);
    patch(canvas, 0.085, 0.4, 0.06, 0.06, -DEPTH / 2, 0x5e7fa8);
}

static void draw(GtkDrawingArea *area, cairo_t *cr, int w, int h, gpointer data)
{
    const struct phone_view *view = data;
    struct canvas canvas = {cr, &view->pose, w / 2.0, h / 2.0, MIN(w, h) * 0.82};
    const struct vector z = {0, 0, 1}, behind = {0, 0, -1};

    draw_edge(&canvas);
    if (is_seen(&canvas, (struct vector){0, 0, DEPTH / 2}, z)) {
        draw_front(&canvas);
    } else if (is_seen(&canvas, (struct vector){0, 0, -DEPTH / 2}, behind)) {
        draw_back(&canvas);
    }
    if (gtk_widget_has_visible_focus(GTK_WIDGET(area))) {
        shapes_colour(cr, 0x3584e4, 0.6);
        shapes_rounded(cr, 2, 2, w - 4, h - 4, 8);
        cairo_set_line_width(cr, 2);
        cairo_stroke(cr);
    }
}

static void turn(struct phone_view *view, double about_y, double about_x, double about_z)
{
    view->pose = pose_turn(view->pose, about_y, about_x, about_z);
    gtk_widget_queue_draw(view->widget);
    view->turned(view->data);
}

static void on_drag(gpointer data, double dx, double dy)
{
    turn(data, dx * DRAG, dy * DRAG, 0);
}

static void on_wheel(gpointer data, double steps, double x G_GNUC_UNUSED, double y G_GNUC_UNUSED)
{
    turn(data, 0, 0, steps * STEP);
}

static gboolean on_key(gpointer data, guint key)
{
    static const struct {
        guint key;
        double y, x, z;
    } turns[] = {
        {GDK_KEY_Left, -STEP, 0, 0},   {GDK_KEY_Right, STEP, 0, 0},
        {GDK_KEY_Up, 0, -STEP, 0},     {GDK_KEY_Down, 0, STEP, 0},
        {GDK_KEY_Page_Up, 0, 0, STEP}, {GDK_KEY_Page_Down, 0, 0, -STEP},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(turns); i++) {
        if (turns[i].key == key) {
            turn(data, turns[i].y, turns[i].x, turns[i].z);
            return TRUE;
        }
    }
    return FALSE;
}

void phone_view_init(struct phone_view *view, void (*turned)(gpointer data), gpointer data)
{
    static const struct hands_use use = {on_drag, NULL, on_wheel, on_key};

    *view = (struct phone_view){
        .widget = gtk_drawing_area_new(), .pose = pose_upright(), .turned = turned, .data = data};
    gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(view->widget), draw, view, NULL);
    gtk_drawing_area_set_content_height(GTK_DRAWING_AREA(view->widget), 250);
    gtk_drawing_area_set_content_width(GTK_DRAWING_AREA(view->widget), 250);
    gtk_widget_set_tooltip_text(view->widget, "Drag it, or use the arrow keys, to tilt the phone; "
                                              "turn the wheel to turn it sideways");
    hands_init(&view->hands, view->widget, &use, view);
}

void phone_view_show(struct phone_view *view, const struct pose *pose)
{
    if (!view->hands.held) {
        view->pose = *pose;
        gtk_widget_queue_draw(view->widget);
    }
}
