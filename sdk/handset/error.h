/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One error domain for this room: a message is one line, what is wrong, where, and what to do. */
#ifndef HANDSET_ERROR_H
#define HANDSET_ERROR_H

#include <glib.h>

#define HANDSET_ERROR (handset_error_quark())

enum handset_error {
    HANDSET_ERROR_FAILED, /* a file, or a program */
    HANDSET_ERROR_WRONG,  /* a name, or what was asked for */
    HANDSET_ERROR_BUSY,   /* a phone runs from the handset */
};

GQuark handset_error_quark(void);

/* Sets *error to the formatted message and returns FALSE. */
gboolean handset_fail(GError **error, enum handset_error code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The same for what a call of the system says in errno: "PATH: cannot WHAT: reason". */
gboolean handset_fail_errno(GError **error, const char *path, const char *what);

#endif
