/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "phone/clock.h"

#define MOVE_MS    16
#define BAR_HEIGHT 64 /* the switchboard's own part of the screen: contracts.md, section 7 */

static struct input_point point(struct request *request, int x, int y)
{
    struct shadow *shadow = &request->server->config.screen->shadow;

    g_mutex_lock(&shadow->lock);
    struct input_point at = {x, y, shadow->width, shadow->height};
    g_mutex_unlock(&shadow->lock);
    return at;
}

/* The point is on the screen, and the screen is on; else the request is answered so. */
static bool check_point(struct request *request, gint64 x, gint64 y)
{
    struct input_point last = point(request, 0, 0);

    if (x >= last.width || y >= last.height) {
        request_fail(request, "bad-request", "%d,%d is not on the screen of %d x %d", (int)x,
                     (int)y, last.width, last.height);
        return false;
    }
    if (!request->server->config.phone->display_on) {
        request_fail(request, "bad-state", "the display is off; `display` turns it on");
        return false;
    }
    return true;
}

/* The number-th persona; NULL: there are not so many. */
static const struct phone_vm *persona(const struct phone *phone, unsigned number)
{
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone->vm[i].desc->kind == PB_KIND_PERSONA && number-- == 0) {
            return &phone->vm[i];
        }
    }
    return NULL;
}

/*
 * Somebody feels a finger that goes down there; else the request is answered so. In the side view
 * the first persona has the left half, the second one the right.
 */
static bool check_reach(struct request *request, gint64 x, gint64 y)
{
    struct phone *phone = request->server->config.phone;
    bool right = x >= point(request, 0, 0).width / 2;

    if (y < BAR_HEIGHT) {
        return true;
    }
    return phone->side && persona(phone, 1)
               ? request_reaches(request, persona(phone, right), "on that side")
               : request_possible(request, NEED_FRONT);
}

/* Whose finger is moved or lifted: this client's, or one that another has left down. */
static struct input_source *holder(struct request *request, unsigned slot)
{
    int x, y;

    return input_finger_at(request->session->source, slot, &x, &y) ? request->session->source
                                                                   : request->server->kept;
}

static void answer(struct request *request, enum input_result result, unsigned slot)
{
    g_autofree char *what = g_strdup_printf("finger %u", slot);

    if (request_accepted(request, result, what)) {
        request_ok(request, NULL);
    }
}

static void touch_down_or_move(struct request *request, unsigned slot, bool down)
{
    gint64 x = args_int(request->args, "x", -1), y = args_int(request->args, "y", -1);

    if (x < 0 || y < 0) {
        request_fail(request, "bad-request", "touch: 'x' and 'y' are missing");
        return;
    }
    if (!check_point(request, x, y) || (down && !check_reach(request, x, y))) {
        return;
    }
    struct input_point at = point(request, (int)x, (int)y);
    answer(request,
           down ? input_finger_down(request_source(request), slot, at)
                : input_finger_move(holder(request, slot), slot, at),
           slot);
}

void verb_touch(struct request *request)
{
    const char *type = args_string(request->args, "type", "");
    unsigned slot = (unsigned)args_int(request->args, "slot", 0);

    if (strcmp(type, "up") == 0) {
        answer(request, input_finger_up(holder(request, slot), slot), slot);
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

static gboolean finish(struct stroke *stroke, enum input_result result)
{
    g_autofree char *what = g_strdup_printf("finger %u", stroke->slot);

    if (request_accepted(stroke->request, result, what)) {
        request_ok(stroke->request, NULL);
    }
    g_free(stroke);
    return G_SOURCE_REMOVE;
}

/* A client that went has let go of its finger. */
static gboolean advance(gpointer data)
{
    struct stroke *stroke = data;
    struct request *request = stroke->request;
    gint64 passed = clock_us() - stroke->start_us;
    double part = MIN(1.0, (double)passed / (double)stroke->duration_us);
    int x = stroke->x1 + (int)((stroke->x2 - stroke->x1) * part);
    int y = stroke->y1 + (int)((stroke->y2 - stroke->y1) * part);
    struct input_source *source = request_source(request);
    enum input_result result = INPUT_NOT_HELD;

    if (source) {
        result = input_finger_move(source, stroke->slot, point(request, x, y));
    }
    if (result != INPUT_DONE) {
        return finish(stroke, result);
    }
    if (passed >= stroke->duration_us) {
        return finish(stroke, input_finger_up(source, stroke->slot));
    }
    gint64 left_ms = (stroke->duration_us - passed + 999) / 1000;
    server_after(request->server, (unsigned)MIN(MOVE_MS, left_ms), advance, stroke);
    return G_SOURCE_REMOVE;
}

static void start_stroke(const struct stroke *from)
{
    struct stroke *stroke = g_memdup2(from, sizeof(*from));
    struct request *request = stroke->request;
    enum input_result result = input_finger_down(request_source(request), stroke->slot,
                                                 point(request, stroke->x1, stroke->y1));

    if (result != INPUT_DONE) {
        finish(stroke, result);
        return;
    }
    stroke->start_us = clock_us();
    server_after(request->server, MIN(MOVE_MS, (unsigned)(stroke->duration_us / 1000)), advance,
                 stroke);
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

    if (check_point(request, x, y) && check_reach(request, x, y)) {
        start_stroke(&(struct stroke){request, slot, x, y, x, y, 0, ms * 1000});
    }
}

void verb_swipe(struct request *request)
{
    int x1 = coordinate(request, "x1"), y1 = coordinate(request, "y1");
    int x2 = coordinate(request, "x2"), y2 = coordinate(request, "y2");
    unsigned slot = (unsigned)args_int(request->args, "slot", 0);
    gint64 ms = args_int(request->args, "duration_ms", 0);

    if (check_point(request, x1, y1) && check_point(request, x2, y2) &&
        check_reach(request, x1, y1)) {
        start_stroke(&(struct stroke){request, slot, x1, y1, x2, y2, 0, ms * 1000});
    }
}
