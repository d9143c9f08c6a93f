/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Compressed kernels, unpacked as QEMU's -kernel does it (QEMU, hw/core/loader.c). */
#ifndef PACK_UNPACK_H
#define PACK_UNPACK_H

#include <glib.h>

/*
 * A gzip file, or an EFI zboot kernel packed with gzip or zstd, becomes what is in it: `*bytes` is
 * replaced. Anything else stays as it is. Fails, and says why, if the content is damaged,
 * truncated, larger than 256 MiB, or packed in another way.
 */
gboolean pack_unpack(GBytes **bytes, GError **error);

#endif
