/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/failure.h"

#include <errno.h>

bool failure_errno(GError **error, const char *what, const char *path)
{
    int number = errno;

    g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(number), "cannot %s %s: %s", what,
                path, g_strerror(number));
    return false;
}

const char *failure_code(const GError *error)
{
    return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_BUSY) ? "bad-state" : "io";
}
