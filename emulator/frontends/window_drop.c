/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that are dropped on the window: `booth send` gives them to the persona in front, one after
 * the other on a thread of its own, and the window's title says how it goes.
 */
#include <gio/gio.h>
#include <string.h>

#include "beside.h"
#include "frontends/window.h"

#define SHOWN_S 5 /* how long the title says what came of it */

struct drops {
    struct window *window;
    GThreadPool *pool;
    GCancellable *ending;
    GMutex lock;
    char *notice; /* under lock: for the title; NULL: nothing */
};

static void say(struct drops *drops, char *notice)
{
    g_mutex_lock(&drops->lock);
    g_free(drops->notice);
    drops->notice = notice;
    g_mutex_unlock(&drops->lock);
    g_atomic_int_set(&drops->window->state_new, 1);
    window_wake(drops->window);
}

/* The last line of what booth has said, without its name. */
static char *last_line(const char *text)
{
    g_autofree char *trimmed = g_strchomp(g_utf8_make_valid(text, -1));
    const char *line = strrchr(trimmed, '\n');

    line = line ? line + 1 : trimmed;
    return g_strdup(g_str_has_prefix(line, "booth: ") ? line + 7 : line);
}

/* What came of it, in a line. */
static char *send_file(struct drops *drops, const char *booth, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = NULL;
    g_autoptr(GSubprocess) child = g_subprocess_new(
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, booth,
        "--control", drops->window->base.host.control, "send", "--", path, NULL);

    if (child && !g_subprocess_communicate_utf8(child, NULL, drops->ending, &said, NULL, &error)) {
        g_subprocess_force_exit(child);
    }
    return said ? last_line(said) : g_strdup(error ? error->message : "it was not sent");
}

/* A thread of the pool's. */
static void work(gpointer data, gpointer opaque)
{
    g_autofree char *path = data;
    struct drops *drops = opaque;
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *booth = beside_find("booth");
    char *notice;

    if (g_cancellable_is_cancelled(drops->ending)) {
        return;
    }
    say(drops, g_strdup_printf("sending %s", name));
    notice = booth ? send_file(drops, booth, path)
                   : g_strdup("booth is neither beside phonebooth nor in PATH");
    g_printerr("phonebooth: %s\n", notice);
    say(drops, notice);
    for (int i = 0; i < SHOWN_S * 10 && g_thread_pool_unprocessed(drops->pool) == 0 &&
                    !g_cancellable_is_cancelled(drops->ending);
         i++) {
        g_usleep(G_USEC_PER_SEC / 10);
    }
    say(drops, NULL);
}

struct drops *drops_new(struct window *window)
{
    struct drops *drops = g_new0(struct drops, 1);

    drops->window = window;
    drops->ending = g_cancellable_new();
    g_mutex_init(&drops->lock);
    drops->pool = g_thread_pool_new(work, drops, 1, FALSE, NULL);
    return drops;
}

void drops_free(struct drops *drops)
{
    if (drops) {
        g_cancellable_cancel(drops->ending);
        g_thread_pool_free(drops->pool, FALSE, TRUE);
        g_object_unref(drops->ending);
        g_mutex_clear(&drops->lock);
        g_free(drops->notice);
        g_free(drops);
    }
}

void drops_take(struct drops *drops, const char *path)
{
    g_thread_pool_push(drops->pool, g_strdup(path), NULL);
}

char *drops_notice(struct drops *drops)
{
    g_mutex_lock(&drops->lock);
    char *notice = g_strdup(drops->notice);
    g_mutex_unlock(&drops->lock);
    return notice;
}
