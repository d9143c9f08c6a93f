/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "recorder_touch.h"

#include <stdlib.h>
#include <string.h>

#define STILL    20   /* pixels that a finger may slip in a tap */
#define LONG_MS  500  /* a tap that is held so long means something else */
#define MOVE_MS  40   /* with several fingers, moves that are sooner are left out */
#define MOST_MS  9900 /* of a step */
#define MAX_MOVE 400  /* in a gesture */

struct point {
    double time;
    int slot, x, y;
    char what; /* d, m, u: down, move, up */
};

/* From the first finger down to the last one up. */
struct recorder_touch {
    recorder_touch_fn *fn;
    gpointer data;
    GArray *points; /* of struct point */
    guint down;     /* bit n: the finger n */
    guint used;     /* the same, of all in this gesture */
};

struct recorder_touch *recorder_touch_new(recorder_touch_fn *fn, gpointer data)
{
    struct recorder_touch *touch = g_new0(struct recorder_touch, 1);

    touch->fn = fn;
    touch->data = data;
    touch->points = g_array_new(FALSE, FALSE, sizeof(struct point));
    return touch;
}

void recorder_touch_free(struct recorder_touch *touch)
{
    g_array_unref(touch->points);
    g_free(touch);
}

static const struct point *point_at(const struct recorder_touch *touch, guint i)
{
    return &g_array_index(touch->points, struct point, i);
}

static gboolean is_still(const struct recorder_touch *touch)
{
    const struct point *first = point_at(touch, 0);

    for (guint i = 1; i < touch->points->len; i++) {
        const struct point *point = point_at(touch, i);
        if (abs(point->x - first->x) > STILL || abs(point->y - first->y) > STILL) {
            return FALSE;
        }
    }
    return TRUE;
}

static void write_one_finger(struct recorder_touch *touch)
{
    const struct point *first = point_at(touch, 0);
    const struct point *last = point_at(touch, touch->points->len - 1);
    const int ms = (int)CLAMP((last->time - first->time) * 1000 + 0.5, 1, MOST_MS);
    const struct recorder_tap tap = {first->x, first->y};
    g_autofree char *line = NULL;
    const gboolean is_tap = is_still(touch);

    if (!is_tap) {
        line = g_strdup_printf("swipe --duration %d %d %d %d %d", ms, first->x, first->y, last->x,
                               last->y);
    } else if (ms >= LONG_MS) {
        line = g_strdup_printf("tap --hold %d %d %d", ms, first->x, first->y);
    } else {
        line = g_strdup_printf("tap %d %d", first->x, first->y);
    }
    touch->fn(touch->data, first->time, last->time, is_tap && ms < LONG_MS ? &tap : NULL, line);
}

static void write_all_fingers(struct recorder_touch *touch)
{
    double moved = 0;

    for (guint i = 0; i < touch->points->len; i++) {
        const struct point *point = point_at(touch, i);
        g_autofree char *line = NULL;
        if (point->what == 'm' && point->time - moved < MOVE_MS / 1000.0) {
            continue;
        }
        moved = point->time;
        line = point->what == 'u'
                   ? g_strdup_printf("touch --slot %d up", point->slot)
                   : g_strdup_printf("touch --slot %d %s %d %d", point->slot,
                                     point->what == 'd' ? "down" : "move", point->x, point->y);
        touch->fn(touch->data, point->time, point->time, NULL, line);
    }
}

void recorder_touch_take(struct recorder_touch *touch, JsonObject *event, double time)
{
    const char *type = json_object_get_string_member_with_default(event, "type", "");
    struct point point = {
        .time = time,
        .slot = (int)(json_object_get_int_member_with_default(event, "slot", 0) & 15),
        .x = (int)json_object_get_int_member_with_default(event, "x", 0),
        .y = (int)json_object_get_int_member_with_default(event, "y", 0),
        .what = *type,
    };
    const guint bit = 1u << point.slot;

    if (point.what != 'd' && !(touch->down & bit)) {
        return; /* it went down before the recording */
    }
    for (guint i = touch->points->len; point.what == 'u' && i > 0; i--) {
        const struct point *before = point_at(touch, i - 1);
        if (before->slot == point.slot) { /* it goes up where it is */
            point.x = before->x;
            point.y = before->y;
            break;
        }
    }
    touch->down = point.what == 'u' ? touch->down & ~bit : touch->down | bit;
    touch->used |= bit;
    if (point.what != 'm' || touch->points->len < MAX_MOVE) {
        g_array_append_val(touch->points, point);
    }
    if (touch->down == 0) {
        if (touch->used == bit) {
            write_one_finger(touch);
        } else {
            write_all_fingers(touch);
        }
        g_array_set_size(touch->points, 0);
        touch->used = 0;
    }
}
