/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The device tree of a guest on the persona platform: what QEMU's `virt` gives
 * a guest of its own, as far as the platform goes (contracts, section 4).
 */
#ifndef PACK_GUEST_DT_H
#define PACK_GUEST_DT_H

#include <glib.h>

#include "plan.h"

#define PACK_GUEST_DT_MAX 0x10000u /* bytes */

/*
 * Tree of VM `vm` of `plan`. `initrd_size` is in bytes, 0: none. Bindings: Linux
 * Documentation/devicetree/bindings; boot: Documentation/arch/arm64/booting.rst.
 */
GBytes *pack_guest_dt_make(const struct pack_plan *plan, guint vm, guint64 initrd_size,
                           GError **error);

#endif
