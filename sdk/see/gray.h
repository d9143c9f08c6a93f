/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A picture in shades of grey, made so that text in it can be read. */
#ifndef SEE_GRAY_H
#define SEE_GRAY_H

#include <glib.h>

struct gray {
    int width, height;
    guint8 *pixels; /* width * height, 0 is black; g_free() */
};

/* From a PNG in memory. FALSE and `error`: it is none, or too large. */
gboolean gray_read(struct gray *gray, const void *png, gsize size, GError **error);

/*
 * What is lighter (or, without `light`, darker) than what is around it becomes dark on white: the
 * text on a button, on a wallpaper and in a document alike.
 */
struct gray gray_text(const struct gray *gray, gboolean light);

/* As a PGM file. */
GBytes *gray_pgm(const struct gray *gray);

#endif
