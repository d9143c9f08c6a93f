/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Kernels: what an image is, and what a 32-bit one needs in front of it. */
#ifndef PACK_KERNEL_H
#define PACK_KERNEL_H

#include <glib.h>

#include "handset.h"

#define PACK_ARM_STUB 16u /* bytes */

/*
 * The kernel of `vm`, ready to load, in place of `image`: unpacked (unpack.h), and a 32-bit one
 * with PACK_ARM_STUB bytes in front. EL2 starts every guest with the device tree in its first
 * register; a 32-bit kernel wants r0 = 0, r1 = ~0 and r2 = device tree (Linux,
 * Documentation/arch/arm/booting.rst). NULL, and a reason without the file's name, if the image is
 * none for this VM: Linux of another architecture, truncated, or neither Linux nor ELF and, unless
 * the description says format=flat, not code as far as one can see. Takes the reference.
 */
GBytes *pack_kernel_prepare(GBytes *image, const struct pack_vm *vm, GError **error);

#endif
