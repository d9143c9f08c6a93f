/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona's data disk: the user's own files. Made empty, grown, never shrunk or made again. */
#ifndef PACK_DATA_DISK_H
#define PACK_DATA_DISK_H

#include <glib.h>

/*
 * Makes sure that `path` is a disk of `size` bytes, rounded up to a power of two. If there is none
 * it is made: an ext4 file system with the label "data". A smaller raw image grows, with an ext4
 * file system in it, on a copy that takes the image's place when it is whole; *grown is TRUE then.
 * Fails, and leaves the image as it is, if it is not a regular file that one may read and write, is
 * truncated, larger than `size`, or to grow while a phone uses it. It is raw, whatever its guest
 * wrote to its first bytes.
 */
gboolean pack_data_disk_make(const char *path, guint64 size, gboolean *grown, GError **error);

/* A phone uses the image `path`. */
gboolean pack_data_disk_is_used(const char *path);

#endif
