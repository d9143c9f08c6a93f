/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a handset was packed from: kept in it as pack.ini, so that it can be packed again. */
#ifndef PACK_OPTIONS_H
#define PACK_OPTIONS_H

#include "build.h"

/* Writes OUT/pack.ini. Paths are made absolute. */
gboolean pack_options_write(const struct pack_options *options, GError **error);

/* What pack_options_write() noted in the folder `out`; free with pack_options_finish(). */
gboolean pack_options_read(struct pack_options *options, const char *out, GError **error);
void pack_options_finish(struct pack_options *options);

#endif
