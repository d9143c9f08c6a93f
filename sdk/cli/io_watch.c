/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "io_watch.h"

#include <string.h>

#define PAUSE_US (G_USEC_PER_SEC / 5)

/* Bytes that it has read in its life, by proc(5); -1: nobody knows. */
static gint64 read_by(int process)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/io", process);
    g_autofree char *text = NULL;
    const char *found =
        g_file_get_contents(path, &text, NULL, NULL) ? strstr(text, "rchar:") : NULL;

    return found ? g_ascii_strtoll(found + strlen("rchar:"), NULL, 10) : -1;
}

static gpointer look(gpointer data)
{
    struct io_watch *watch = data;

    while (!g_atomic_int_get(&watch->ended)) {
        const gint64 now = read_by(watch->process);
        if (now >= 0) {
            progress_show(&watch->progress, (double)(now - watch->first) / (double)watch->total,
                          watch->what);
        }
        g_usleep(PAUSE_US);
    }
    return NULL;
}

void io_watch_begin(struct io_watch *watch, int process, const char *what, gint64 total)
{
    *watch = (struct io_watch){
        .what = what, .total = total, .process = process, .first = read_by(process)};
    progress_begin(&watch->progress);
    watch->progress.lines = TRUE;
    if (total > 0 && watch->first >= 0) {
        watch->thread = g_thread_new("progress", look, watch);
    }
}

void io_watch_end(struct io_watch *watch)
{
    if (watch->thread != NULL) {
        g_atomic_int_set(&watch->ended, 1);
        g_thread_join(g_steal_pointer(&watch->thread));
    }
    progress_end(&watch->progress);
}
