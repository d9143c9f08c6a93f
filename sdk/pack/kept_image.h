/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What a persona stores fits the system image that it was stored over, and no other one. So a
 * handset keeps the images of its personas, by their UUIDs: OUT/images/UUID/{kernel,initrd,system},
 * hard links where that is possible. A data disk has its image's UUID in the file /image.
 */
#ifndef PACK_KEPT_IMAGE_H
#define PACK_KEPT_IMAGE_H

#include "handset.h"

/*
 * The UUID of the system image `path` as 32 lower case hexadecimal digits, as
 * sample-guests/debian/initrd/init writes it (Linux, fs/erofs/erofs_fs.h); NULL if it is no erofs
 * or cannot be read.
 */
char *pack_image_uuid(const char *path);

/* Of a persona's folder in a handset: its data disk, and what that was before an upgrade. */
#define PACK_DATA        "data.img"
#define PACK_DATA_BEFORE "data.before.img"

/* The UUID of the image that the data disk `disk` belongs to; NULL: it is new, or names none. */
char *pack_image_of_data(const char *disk);

/*
 * Each persona whose data disk, in the folder `out`, names another image than the description gets
 * kernel, initrd and system image of that one, and a line says so. It is an error if `out` does not
 * have them.
 */
gboolean pack_kept_image_use(struct pack_handset *handset, const char *out, GError **error);

/* Keeps the images of `handset` in `out`, which exists; those that no persona has go, unless its
 * description names them. */
gboolean pack_kept_image_store(const struct pack_handset *handset, const char *out, GError **error);

#endif
