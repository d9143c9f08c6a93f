/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's first program, placed as QEMU's machine `virt` places it (QEMU,
 * docs/system/arm/virt.rst and hw/arm/boot.c): a kernel as by -kernel, a firmware as by -bios.
 */
#ifndef PACK_IMAGE_H
#define PACK_IMAGE_H

#include <glib.h>

enum pack_image_kind {
    PACK_IMAGE_KERNEL, /* Linux Image or flat binary: in RAM, device tree where x0 says */
    PACK_IMAGE_ELF, /* where its segments say, device tree at the start of RAM, if there is room */
    PACK_IMAGE_FIRMWARE, /* flash at 0, device tree at the start of RAM */
};

struct pack_image {
    enum pack_image_kind kind;
    guint64 size;  /* bytes that are loaded */
    guint64 load;  /* IPA of the first; KERNEL: offset in RAM */
    guint64 entry; /* the same for the first instruction */
};

/*
 * Looks at the file `*bytes`. An ELF file becomes the bytes to be loaded: `*bytes` is replaced.
 * Fails if it is an ELF file for another machine, or a damaged one.
 */
gboolean pack_image_examine(GBytes **bytes, gboolean firmware, struct pack_image *image,
                            GError **error);

#endif
