/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "error.h"

#include <errno.h>

/* clang-format off: the first argument is a word */
G_DEFINE_QUARK(handset - error, handset_error)
/* clang-format on */

gboolean handset_fail(GError **error, enum handset_error code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, HANDSET_ERROR, code, text);
    return FALSE;
}

gboolean handset_fail_errno(GError **error, const char *path, const char *what)
{
    return handset_fail(error, HANDSET_ERROR_FAILED, "%s: cannot %s: %s", path, what,
                        g_strerror(errno));
}
