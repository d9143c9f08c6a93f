/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define TRIES 1000

static char *path_of(const char *dir, GDateTime *when, int number)
{
    g_autofree char *stem = g_date_time_format(when, "phonebooth-%Y%m%d-%H%M%S");
    g_autofree char *file =
        number < 2 ? g_strconcat(stem, ".png", NULL) : g_strdup_printf("%s-%d.png", stem, number);

    return g_build_filename(dir, file, NULL);
}

/* An empty file that was not there before. NULL: errno. */
static char *reserve(const char *dir, GDateTime *when)
{
    for (int number = 1; number < TRIES; number++) {
        g_autofree char *path = path_of(dir, when, number);
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (fd >= 0) {
            close(fd);
            return g_steal_pointer(&path);
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return NULL;
}

char *picture_save(const char *dir, GDateTime *when, GBytes *png, GError **error)
{
    g_autofree char *path = reserve(dir, when);
    gsize size;
    const char *bytes = g_bytes_get_data(png, &size);

    if (!path) {
        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno), "cannot write in %s: %s",
                    dir, g_strerror(errno));
        return NULL;
    }
    if (!g_file_set_contents_full(path, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                  error)) {
        g_unlink(path);
        return NULL;
    }
    return g_steal_pointer(&path);
}
