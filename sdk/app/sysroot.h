/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Headers and libraries of Debian's packages, which programs for the phone are built with. */
#ifndef APP_SYSROOT_H
#define APP_SYSROOT_H

#include <glib.h>

/* Takes a line, without its end, of what the download has to say: for people, or apt's about how
 * far it is (APT::Status-Fd). */
typedef void sysroot_said_fn(gpointer data, const char *line);

/*
 * The folder with those of the packages (NULL ends them); it is downloaded the first time. Free
 * with g_free(). NULL: it cannot be; `error` is set, or the download has said why.
 */
char *sysroot_make(char **packages, sysroot_said_fn *said, gpointer data, GError **error);

#endif
