/* SPDX-License-Identifier: GPL-2.0-or-later */
/* until-change: answers with the first frame on which a part of the screen is not what it was. */
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "machine/scanout.h"
#include "phone/clock.h"

#define FRAME_MS 16        /* how often the screen is looked at: as a window does */
#define COLOUR   0xffffffu /* of a pixel in the shadow */

/*
 * The machine's thread tells of frames, the phone's looks at them. Calls from one to the other that
 * are on their way keep this alive when the request has been answered.
 */
struct change {
    struct request *request; /* NULL: answered */
    struct phone *phone;
    struct screen *screen;
    struct screen_sink sink;
    struct rect part;
    uint32_t *before; /* its pixels; NULL: not looked at yet */
    gint64 began_us;
    GSource *timeout;
    gint calls;   /* on their way, atomic */
    gint looking; /* one of them is look(), atomic */
};

static void drop(struct change *change)
{
    if (g_atomic_int_dec_and_test(&change->calls)) {
        g_free(change->before);
        g_free(change);
    }
}

/* The request is about to be answered: no more frames, no timeout. */
static struct request *end(struct change *change)
{
    struct request *request = change->request;

    change->request = NULL;
    screen_remove(change->screen, &change->sink);
    g_source_destroy(change->timeout);
    g_source_unref(change->timeout);
    drop(change); /* the request's own */
    return request;
}

static void cancel(struct request *request)
{
    request_drop(end(request->working));
}

static gboolean on_timeout(gpointer data)
{
    request_fail(end(data), "timeout", "nothing has changed there in time");
    return G_SOURCE_REMOVE;
}

/* Copies the part, or (NULL) compares it with what it was. True: it is the same. */
static bool look_at(const struct change *change, uint32_t *copy)
{
    struct shadow *shadow = &change->screen->shadow;
    const struct rect part = change->part;
    const uint32_t *before = change->before;
    bool same = true;

    g_mutex_lock(&shadow->lock);
    for (int y = part.y; shadow->pixels && same && y < part.y + part.h; y++) {
        const uint32_t *row = shadow->pixels + (gsize)y * (gsize)shadow->width + part.x;

        for (int x = 0; x < part.w; x++) {
            if (copy) {
                *copy++ = row[x];
            } else {
                same &= !((row[x] ^ *before++) & COLOUR);
            }
        }
    }
    g_mutex_unlock(&shadow->lock);
    return same;
}

static gboolean look(gpointer data)
{
    struct change *change = data;

    g_atomic_int_set(&change->looking, 0);
    if (change->request && change->before && !look_at(change, NULL)) {
        const gint64 took_us = clock_us() - change->began_us;
        JsonObject *body = json_object_new();

        json_object_set_double_member(body, "ms", (double)took_us / 1000);
        request_ok(end(change), body);
    }
    drop(change);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_frame(void *opaque, struct rect dirty)
{
    struct change *change = opaque;
    const struct rect common = rect_intersect(dirty, change->part);

    if (common.w > 0 && common.h > 0 && g_atomic_int_compare_and_exchange(&change->looking, 0, 1)) {
        g_atomic_int_inc(&change->calls);
        phone_invoke(change->phone, look, change);
    }
}

/* What is there now is what has to change. */
static gboolean begin(gpointer data)
{
    struct change *change = data;

    if (change->request) {
        uint32_t *pixels = g_new0(uint32_t, (gsize)change->part.w * (gsize)change->part.h);

        look_at(change, pixels);
        change->before = pixels;
        change->began_us = clock_us();
    }
    drop(change);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_refreshed(void *opaque)
{
    struct change *change = opaque;

    phone_invoke(change->phone, begin, change);
}

/* The part that the request names, without one all of the screen. False: the request is answered.
 */
static bool choose_part(struct request *request, struct rect *part)
{
    struct shadow *shadow = &request->server->config.screen->shadow;
    struct rect all = {0};

    g_mutex_lock(&shadow->lock);
    all.w = shadow->pixels ? shadow->width : 0;
    all.h = shadow->height;
    g_mutex_unlock(&shadow->lock);
    *part =
        (struct rect){(int)args_int(request->args, "x", 0), (int)args_int(request->args, "y", 0),
                      (int)args_int(request->args, "width", all.w),
                      (int)args_int(request->args, "height", all.h)};
    *part = rect_intersect(*part, all);
    if (part->w > 0 && part->h > 0) {
        return true;
    }
    request_fail(request, all.w ? "bad-request" : "bad-state",
                 all.w ? "no pixel of that is on the screen of %d x %d"
                       : "the handset has no screen yet",
                 all.w, all.h);
    return false;
}

void verb_until_change(struct request *request)
{
    const double timeout = args_number(request->args, "timeout", 0);
    const struct server_config *config = &request->server->config;
    struct change *change;
    struct rect part;

    if (!choose_part(request, &part)) {
        return;
    }
    change = g_new0(struct change, 1);
    *change = (struct change){.request = request,
                              .phone = config->phone,
                              .screen = config->screen,
                              .sink = {FRAME_MS, on_frame, change},
                              .part = part,
                              .timeout = clock_timeout_new((guint)(timeout * 1000), CLOCK_DRIVES),
                              .calls = 2}; /* the request, and begin() */
    g_source_set_callback(change->timeout, on_timeout, change, NULL);
    g_source_attach(change->timeout, config->phone->context);
    request->working = change;
    request->cancel = cancel;
    screen_add(config->screen, &change->sink);
    scanout_refresh(on_refreshed, change);
}
