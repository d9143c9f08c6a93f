/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/clock.h"

struct timeout {
    GSource source;
    gint64 due_us, interval_us;
};

static bool follows; /* the machine */
static gint64 now_us;
static GPtrArray *driving; /* of struct timeout *, destroyed ones among them */

void clock_follow_machine(void)
{
    follows = true;
    now_us = 0;
    if (!driving) {
        driving = g_ptr_array_new();
    }
}

void clock_stand_at(gint64 us)
{
    now_us = us;
}

gint64 clock_us(void)
{
    return follows ? now_us : g_get_monotonic_time();
}

static gboolean is_due(GSource *source)
{
    return now_us >= ((struct timeout *)source)->due_us;
}

/* The loop does not sleep for it: time only goes on when somebody sets it. */
static gboolean prepare(GSource *source, gint *timeout_ms)
{
    *timeout_ms = -1;
    return is_due(source);
}

static gboolean dispatch(GSource *source, GSourceFunc fn, gpointer data)
{
    ((struct timeout *)source)->due_us = now_us + ((struct timeout *)source)->interval_us;
    return fn ? fn(data) : G_SOURCE_REMOVE;
}

static void finalize(GSource *source)
{
    g_ptr_array_remove(driving, source);
}

static GSourceFuncs functions = {prepare, is_due, dispatch, finalize, NULL, NULL};

GSource *clock_timeout_new(guint ms, enum clock_waits waits)
{
    if (!follows) {
        return g_timeout_source_new(ms);
    }
    GSource *source = g_source_new(&functions, sizeof(struct timeout));
    struct timeout *timeout = (struct timeout *)source;

    timeout->interval_us = (gint64)ms * 1000;
    timeout->due_us = now_us + timeout->interval_us;
    if (waits == CLOCK_DRIVES) {
        g_ptr_array_add(driving, source);
    }
    return source;
}

bool clock_is_driven(void)
{
    for (guint i = 0; driving && i < driving->len; i++) {
        if (!g_source_is_destroyed(g_ptr_array_index(driving, i))) {
            return true;
        }
    }
    return false;
}
