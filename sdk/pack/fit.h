/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Boot bundles: a guest's kernel, initrd and device tree as a Flattened Image
 * Tree with external data (U-Boot, doc/usage/fit/source_file_format.rst).
 * The data begins at the tree's size rounded up to 512; each data-offset counts
 * from there and is a multiple of 512.
 */
#ifndef PACK_FIT_H
#define PACK_FIT_H

#include <glib.h>

#include "plan.h"

#define FIT_ALIGN 512ull

enum fit_part { FIT_KERNEL, FIT_FDT, FIT_RAMDISK, FIT_PARTS };

struct pack_fit {
    GBytes *tree;              /* padded to FIT_ALIGN */
    GBytes *data[FIT_PARTS];   /* NULL: this part is absent */
    guint64 offset[FIT_PARTS]; /* of data from the start of the FIT */
    guint64 size;              /* of all, a multiple of FIT_ALIGN */
};

/* Takes a reference on each part. `initrd` may be NULL. Free with pack_fit_finish(). */
gboolean pack_fit_make(struct pack_fit *fit, const struct pack_plan *plan, guint vm, GBytes *kernel,
                       GBytes *initrd, GBytes *dtb, GError **error);
void pack_fit_finish(struct pack_fit *fit);

#endif
