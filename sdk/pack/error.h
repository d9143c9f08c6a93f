/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * One error domain for the whole tool. A message is one line: which file, which
 * key or node, what is wrong and what to do. It is printed once, by main().
 */
#ifndef PACK_ERROR_H
#define PACK_ERROR_H

#include <glib.h>

#define PACK_ERROR (pack_error_quark())

GQuark pack_error_quark(void);

/* Sets *error to the formatted message and returns FALSE, to be written `return pack_fail(...)`. */
gboolean pack_fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
