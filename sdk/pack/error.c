/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "error.h"

G_DEFINE_QUARK(pack - error - quark, pack_error)

gboolean pack_fail(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (error) {
        *error = g_error_new_valist(PACK_ERROR, 0, format, args);
    }
    va_end(args);
    return FALSE;
}
