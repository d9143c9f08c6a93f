/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/set.h"

struct frontend_set {
    GMutex lock; /* protects what other threads read: `all`, `main` and `stopped` */
    GPtrArray *all;
    struct frontend *main; /* the one with run(); NULL: none yet */
    bool stopped;
};

struct frontend_set *frontend_set_new(void)
{
    struct frontend_set *set = g_new0(struct frontend_set, 1);

    g_mutex_init(&set->lock);
    set->all = g_ptr_array_new();
    return set;
}

/* Out of the set first: stop() must not reach it any more. */
static void drop(struct frontend_set *set, struct frontend *frontend)
{
    g_mutex_lock(&set->lock);
    g_ptr_array_remove(set->all, frontend);
    if (set->main == frontend) {
        set->main = NULL;
    }
    g_mutex_unlock(&set->lock);
    frontend->ops->finish(frontend);
}

void frontend_set_free(struct frontend_set *set)
{
    if (!set) {
        return;
    }
    while (set->all->len > 0) {
        drop(set, g_ptr_array_index(set->all, set->all->len - 1));
    }
    g_ptr_array_unref(set->all);
    g_mutex_clear(&set->lock);
    g_free(set);
}

bool frontend_set_add(struct frontend_set *set, struct frontend *frontend, GError **error)
{
    if (!frontend->ops->start(frontend, error)) {
        frontend->ops->finish(frontend);
        return false;
    }
    g_mutex_lock(&set->lock);
    g_ptr_array_add(set->all, frontend);
    if (frontend->ops->run) {
        g_assert(!set->main);
        set->main = frontend;
    }
    if (set->stopped && frontend->ops->stop) {
        frontend->ops->stop(frontend);
    }
    g_mutex_unlock(&set->lock);
    return true;
}

const char *frontend_set_name(const struct frontend_set *set)
{
    return set->main ? set->main->ops->name : "headless";
}

void frontend_set_run(struct frontend_set *set)
{
    for (;;) {
        if (!set->main) {
            frontend_set_add(set, frontend_headless_new(), NULL);
        }
        if (set->main->ops->run(set->main) == FRONTEND_CLOSED) {
            return;
        }
        g_printerr("phonebooth: the %s is gone, its display has ended; going on without it\n",
                   set->main->ops->name);
        drop(set, set->main);
    }
}

void frontend_set_stop(struct frontend_set *set)
{
    g_mutex_lock(&set->lock);
    set->stopped = true;
    for (guint i = 0; i < set->all->len; i++) {
        struct frontend *frontend = g_ptr_array_index(set->all, i);
        if (frontend->ops->stop) {
            frontend->ops->stop(frontend);
        }
    }
    g_mutex_unlock(&set->lock);
}
