/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/summary.h"

void summary_feed_init(struct summary_feed *feed)
{
    *feed = (struct summary_feed){.summary = {.headline = "starting", .display_on = true},
                                  .watches = g_ptr_array_new()};
    g_mutex_init(&feed->lock);
}

void summary_feed_clear(struct summary_feed *feed)
{
    g_ptr_array_unref(feed->watches);
    g_mutex_clear(&feed->lock);
}

void summary_publish(struct summary_feed *feed, const struct summary *summary)
{
    g_mutex_lock(&feed->lock);
    feed->summary = *summary;
    for (guint i = 0; i < feed->watches->len; i++) {
        const struct summary_watch *watch = g_ptr_array_index(feed->watches, i);
        watch->changed(watch->opaque);
    }
    g_mutex_unlock(&feed->lock);
}

void summary_read(struct summary_feed *feed, struct summary *summary)
{
    g_mutex_lock(&feed->lock);
    *summary = feed->summary;
    g_mutex_unlock(&feed->lock);
}

void summary_watch(struct summary_feed *feed, const struct summary_watch *watch)
{
    g_mutex_lock(&feed->lock);
    g_ptr_array_add(feed->watches, (gpointer)watch);
    g_mutex_unlock(&feed->lock);
}

void summary_unwatch(struct summary_feed *feed, const struct summary_watch *watch)
{
    g_mutex_lock(&feed->lock);
    g_ptr_array_remove(feed->watches, (gpointer)watch);
    g_mutex_unlock(&feed->lock);
}
