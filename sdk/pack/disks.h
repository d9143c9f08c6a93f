/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The handset's disks: the system eMMC, and a data disk for each persona. */
#ifndef PACK_DISKS_H
#define PACK_DISKS_H

#include <glib.h>

#include "fit.h"
#include "gpt.h"

#define PACK_MAX_PARTITIONS (2 * PB_MAX_VMS)

/* A partition and what is in it: a FIT, or bytes. */
struct pack_content {
    const struct pack_fit *fit;
    GBytes *bytes;
};

/* Writes `path`: GPT, then each partition's content. Sets the partitions' start. */
gboolean pack_system_disk_write(const char *path, struct pack_partition *partitions,
                                const struct pack_content *contents, gsize count, GError **error);

/*
 * Makes `path`, an ext4 file system with the label "data", of `size` bytes rounded up to a power of
 * two. If there is a file of that name, it is the user's and is left alone.
 */
gboolean pack_data_disk_make(const char *path, guint64 size, GError **error);

#endif
