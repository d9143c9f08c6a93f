/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/screen.h"

void screen_init(struct screen *screen)
{
    *screen = (struct screen){.sinks = g_ptr_array_new()};
    g_mutex_init(&screen->lock);
    g_mutex_init(&screen->shadow.lock);
}

void screen_clear(struct screen *screen)
{
    g_ptr_array_unref(screen->sinks);
    g_free(screen->shadow.pixels);
    g_mutex_clear(&screen->shadow.lock);
    g_mutex_clear(&screen->lock);
}

static struct rect whole(struct shadow *shadow)
{
    struct rect all = {0, 0, 0, 0};

    g_mutex_lock(&shadow->lock);
    if (shadow->pixels) {
        all = (struct rect){0, 0, shadow->width, shadow->height};
    }
    g_mutex_unlock(&shadow->lock);
    return all;
}

void screen_add(struct screen *screen, const struct screen_sink *sink)
{
    struct rect all = whole(&screen->shadow);

    g_mutex_lock(&screen->lock);
    g_ptr_array_add(screen->sinks, (gpointer)sink);
    if (all.w > 0 && all.h > 0) {
        sink->frame(sink->opaque, all);
    }
    g_mutex_unlock(&screen->lock);
}

void screen_remove(struct screen *screen, const struct screen_sink *sink)
{
    g_mutex_lock(&screen->lock);
    g_ptr_array_remove(screen->sinks, (gpointer)sink);
    g_mutex_unlock(&screen->lock);
}

void screen_changed(struct screen *screen, struct rect dirty)
{
    g_mutex_lock(&screen->lock);
    for (guint i = 0; i < screen->sinks->len; i++) {
        const struct screen_sink *sink = g_ptr_array_index(screen->sinks, i);
        sink->frame(sink->opaque, dirty);
    }
    g_mutex_unlock(&screen->lock);
}

unsigned screen_refresh_ms(struct screen *screen)
{
    unsigned ms = SCREEN_IDLE_MS;

    g_mutex_lock(&screen->lock);
    for (guint i = 0; i < screen->sinks->len; i++) {
        const struct screen_sink *sink = g_ptr_array_index(screen->sinks, i);
        ms = MIN(ms, sink->refresh_ms);
    }
    g_mutex_unlock(&screen->lock);
    return ms;
}
