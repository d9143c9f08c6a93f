/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/target.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

bool target_check(const char *file, GError **error)
{
    struct stat info;

    if (lstat(file, &info) == 0 && !S_ISREG(info.st_mode)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is no regular file", file);
        return false;
    }
    return true;
}

static void set_error(GError **error, const char *file, int number)
{
    g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(number), "cannot write %s: %s", file,
                g_strerror(number));
}

FILE *target_open(const char *file, char **temporary, GError **error)
{
    int fd;

    if (!target_check(file, error)) {
        return NULL;
    }
    *temporary = g_strconcat(file, ".XXXXXX", NULL);
    fd = g_mkstemp_full(*temporary, O_RDWR | O_CLOEXEC, 0644);
    if (fd < 0) {
        set_error(error, file, errno);
        g_clear_pointer(temporary, g_free);
        return NULL;
    }
    return fdopen(fd, "w");
}

bool target_close(FILE *out, char *temporary, const char *file, GError **error)
{
    bool bad = ferror(out) != 0;
    int number = bad ? EIO : 0;

    if (fclose(out) != 0) {
        number = errno;
    }
    if (number == 0 && g_rename(temporary, file) != 0) {
        number = errno;
    }
    if (number != 0) {
        g_unlink(temporary);
        set_error(error, file, number);
    }
    g_free(temporary);
    return number == 0;
}
