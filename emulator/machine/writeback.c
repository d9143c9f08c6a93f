/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/writeback.h"

#include <fcntl.h>
#include <glib.h>
#include <unistd.h>

#define PERIOD_US 100000

struct writeback {
    char *path;
    gint ended; /* atomic */
};

/* A thread of its own: the kernel may let it wait for the disk. */
static gpointer run(gpointer data)
{
    struct writeback *writeback = data;
    int fd = -1;

    while (!g_atomic_int_get(&writeback->ended)) {
        g_usleep(PERIOD_US);
        if (fd < 0) {
            fd = open(writeback->path, O_RDONLY | O_CLOEXEC);
        }
        if (fd >= 0) {
            sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* only sooner, if it works */
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    g_free(writeback->path);
    g_free(writeback);
    return NULL;
}

struct writeback *writeback_begin(const char *path)
{
    struct writeback *writeback = g_new0(struct writeback, 1);

    writeback->path = g_strdup(path);
    g_thread_unref(g_thread_new("writeback", run, writeback));
    return writeback;
}

void writeback_end(struct writeback *writeback)
{
    g_atomic_int_set(&writeback->ended, 1);
}
