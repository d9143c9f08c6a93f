/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The front end that shows nothing: the control socket is all there is. Needs no SDL. */
#include "frontends/frontend.h"

struct headless {
    struct frontend base;
    GMutex lock;
    GCond cond;
    bool stopped;
};

static bool start(struct frontend *self G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    return true;
}

static enum frontend_end run(struct frontend *self)
{
    struct headless *headless = (struct headless *)self;

    g_mutex_lock(&headless->lock);
    while (!headless->stopped) {
        g_cond_wait(&headless->cond, &headless->lock);
    }
    g_mutex_unlock(&headless->lock);
    return FRONTEND_CLOSED;
}

static void stop(struct frontend *self)
{
    struct headless *headless = (struct headless *)self;

    g_mutex_lock(&headless->lock);
    headless->stopped = true;
    g_cond_signal(&headless->cond);
    g_mutex_unlock(&headless->lock);
}

static void finish(struct frontend *self)
{
    g_free(self);
}

static const struct frontend_ops headless_ops = {
    .name = "headless",
    .start = start,
    .run = run,
    .stop = stop,
    .finish = finish,
};

struct frontend *frontend_headless_new(void)
{
    struct headless *headless = g_new0(struct headless, 1);

    headless->base.ops = &headless_ops;
    return &headless->base;
}
