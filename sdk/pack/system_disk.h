/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The handset's system disk: eMMC 0. */
#ifndef PACK_SYSTEM_DISK_H
#define PACK_SYSTEM_DISK_H

#include <glib.h>

#include "fit.h"
#include "gpt.h"

#define PACK_MAX_PARTITIONS (2 * PB_MAX_VMS)

/* A partition and what is in it: a FIT, or bytes. */
struct pack_content {
    const struct pack_fit *fit;
    GBytes *bytes;
};

/* Writes `path`, *size bytes: GPT, then each partition's content. Sets the partitions' start. */
gboolean pack_system_disk_write(const char *path, struct pack_partition *partitions,
                                const struct pack_content *contents, gsize count, guint64 *size,
                                GError **error);

#endif
