/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "control/verbs.h"

#define MOVE_MS 16

static void move(struct server *server, unsigned slot, enum touch_type type, int x, int y)
{
    struct shadow *shadow = server->config.shadow;

    server->finger[slot] = type != TOUCH_UP;
    server->finger_x[slot] = x;
    server->finger_y[slot] = y;
    g_mutex_lock(&shadow->lock);
    int width = shadow->width, height = shadow->height;
    g_mutex_unlock(&shadow->lock);
    panel_touch(slot, type, x, y, width, height);
}

/* The point is on the screen; else the request is answered so. */
static bool check_point(struct request *request, gint64 x, gint64 y)
{
    struct shadow *shadow = request->server->config.shadow;

    g_mutex_lock(&shadow->lock);
    int width = shadow->width, height = shadow->height;
    g_mutex_unlock(&shadow->lock);
    if (x >= width || y >= height) {
        request_fail(request, "bad-request", "%d,%d is not on the screen of %d x %d", (int)x,
                     (int)y, width, height);
        return false;
    }
    return true;
}

/* The finger is up; else the request is answered so. */
static bool check_free(struct request *request, unsigned slot)
{
    if (request->server->finger[slot]) {
        request_fail(request, "bad-state", "finger %u is down already", slot);
        return false;
    }
    return true;
}

static void touch_down_or_move(struct request *request, unsigned slot, bool down)
{
    gint64 x = args_int(request->args, "x", -1), y = args_int(request->args, "y", -1);

    if (x < 0 || y < 0) {
        request_fail(request, "bad-request", "touch: 'x' and 'y' are missing");
        return;
    }
    if (!check_point(request, x, y) || (down && !check_free(request, slot))) {
        return;
    }
    if (!down && !request->server->finger[slot]) {
        request_fail(request, "bad-state", "finger %u is not down", slot);
        return;
    }
    move(request->server, slot, down ? TOUCH_DOWN : TOUCH_MOVE, (int)x, (int)y);
    request_ok(request, NULL);
}

static void touch_up(struct request *request, unsigned slot)
{
    struct server *server = request->server;

    if (!server->finger[slot]) {
        request_fail(request, "bad-state", "finger %u is not down", slot);
        return;
    }
    move(server, slot, TOUCH_UP, server->finger_x[slot], server->finger_y[slot]);
    request_ok(request, NULL);
}

void verb_touch(struct request *request)
{
    const char *type = args_string(request->args, "type", "");
    unsigned slot = (unsigned)args_int(request->args, "slot", 0);

    if (strcmp(type, "up") == 0) {
        touch_up(request, slot);
    } else {
        touch_down_or_move(request, slot, strcmp(type, "down") == 0);
    }
}

/* A finger that is on its way by itself. A tap is a swipe that stays where it is. */
struct stroke {
    struct request *request;
    unsigned slot;
    int x1, y1, x2, y2;
    gint64 start_us;
    gint64 duration_us;
};

static gboolean advance(gpointer data)
{
    struct stroke *stroke = data;
    struct server *server = stroke->request->server;
    gint64 passed = g_get_monotonic_time() - stroke->start_us;
    double part = MIN(1.0, (double)passed / (double)stroke->duration_us);
    int x = stroke->x1 + (int)((stroke->x2 - stroke->x1) * part);
    int y = stroke->y1 + (int)((stroke->y2 - stroke->y1) * part);

    if (!server->finger[stroke->slot]) {
        request_fail(stroke->request, "bad-state", "finger %u was lifted by another request",
                     stroke->slot);
        g_free(stroke);
        return G_SOURCE_REMOVE;
    }
    if (x != server->finger_x[stroke->slot] || y != server->finger_y[stroke->slot]) {
        move(server, stroke->slot, TOUCH_MOVE, x, y);
    }
    if (passed < stroke->duration_us) {
        gint64 left_ms = (stroke->duration_us - passed + 999) / 1000;
        server_after(server, (unsigned)MIN(MOVE_MS, left_ms), advance, stroke);
    } else {
        move(server, stroke->slot, TOUCH_UP, x, y);
        request_ok(stroke->request, NULL);
        g_free(stroke);
    }
    return G_SOURCE_REMOVE;
}

static void start_stroke(const struct stroke *from)
{
    struct stroke *stroke = g_memdup2(from, sizeof(*from));

    move(stroke->request->server, stroke->slot, TOUCH_DOWN, stroke->x1, stroke->y1);
    stroke->start_us = g_get_monotonic_time();
    server_after(stroke->request->server, MIN(MOVE_MS, (unsigned)(stroke->duration_us / 1000)),
                 advance, stroke);
}

static int coordinate(struct request *request, const char *name)
{
    return (int)args_int(request->args, name, 0);
}

void verb_tap(struct request *request)
{
    int x = coordinate(request, "x"), y = coordinate(request, "y");
    unsigned slot = (unsigned)args_int(request->args, "slot", 0);
    gint64 ms = args_int(request->args, "hold_ms", 0);

    if (check_point(request, x, y) && check_free(request, slot)) {
        start_stroke(&(struct stroke){request, slot, x, y, x, y, 0, ms * 1000});
    }
}

void verb_swipe(struct request *request)
{
    int x1 = coordinate(request, "x1"), y1 = coordinate(request, "y1");
    int x2 = coordinate(request, "x2"), y2 = coordinate(request, "y2");
    unsigned slot = (unsigned)args_int(request->args, "slot", 0);
    gint64 ms = args_int(request->args, "duration_ms", 0);

    if (check_point(request, x1, y1) && check_point(request, x2, y2) && check_free(request, slot)) {
        start_stroke(&(struct stroke){request, slot, x1, y1, x2, y2, 0, ms * 1000});
    }
}
