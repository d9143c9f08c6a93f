/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Writing files so that a name never stands for half a file: everything goes to
 * NAME.new in the same folder, which is renamed at the end.
 */
#ifndef PACK_OUTPUT_H
#define PACK_OUTPUT_H

#include <glib.h>

struct pack_output {
    char *path;
    char *temporary;
    int fd;
};

/* Opens PATH.new for writing, `size` bytes long and all zero (sparse). */
gboolean pack_output_open(struct pack_output *output, const char *path, guint64 size,
                          GError **error);

/* Writes `data` at `offset`; blocks of zeros are left out, the file stays sparse. */
gboolean pack_output_write(struct pack_output *output, guint64 offset, const void *data, gsize size,
                           GError **error);

/* Gives the file its name. */
gboolean pack_output_commit(struct pack_output *output, GError **error);

/* Removes what was not committed. After open failed, too. */
void pack_output_finish(struct pack_output *output);

/* All of `bytes` as file `path`. */
gboolean pack_output_bytes(const char *path, GBytes *bytes, GError **error);

/* A file as bytes that are read when used; an empty file is an error. */
GBytes *pack_input(const char *path, GError **error);

#endif
