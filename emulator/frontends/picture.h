/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures of the screen that the window saves for its user. */
#ifndef FRONTENDS_PICTURE_H
#define FRONTENDS_PICTURE_H

#include <glib.h>

/*
 * Writes `png` into `dir` as phonebooth-YYYYMMDD-HHMMSS.png, with -2, -3, ... before the dot when
 * there is one of that second already: never over a file that exists. Returns the path, free with
 * g_free(); NULL and `error`: it cannot be written, and nothing is left behind.
 */
char *picture_save(const char *dir, GDateTime *when, GBytes *png, GError **error);

#endif
