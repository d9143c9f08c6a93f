/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A film while it is made: WebM with VP8 and Opus, by GStreamer. */
#ifndef FILM_FILM_H
#define FILM_FILM_H

#include <glib.h>

#include "film_wire.h"

typedef struct film film;

/* Writes to the descriptor `fd`, from its beginning. NULL and `error`: a package is missing. */
film *film_new(const struct film_head *head, int fd, GError **error);

/* One piece with its bytes. FALSE: the film ends here, film_end() says why. */
gboolean film_take(film *film, const struct film_piece *piece, const void *bytes);

/*
 * Completes the file and frees all. Returns FALSE and `error` if nothing useful could be written.
 * *why: what ended it, NULL: whoever fed it; free with g_free().
 */
gboolean film_end(film *film, double *seconds, guint64 *bytes, guint *frames, char **why,
                  GError **error);

#endif
