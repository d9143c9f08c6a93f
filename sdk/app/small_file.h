/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef APP_SMALL_FILE_H
#define APP_SMALL_FILE_H

#include <glib.h>

/*
 * Reads a text of at most `most` bytes, which anybody may have written: what is larger, is no plain
 * file or has a zero byte is an error (G_FILE_ERROR, one line with the path). Free with g_free().
 */
char *small_file_read(const char *path, gsize most, GError **error);

#endif
