/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two sides of a bundle agree on. */
#ifndef SNAPSHOT_BUNDLE_PRIVATE_H
#define SNAPSHOT_BUNDLE_PRIVATE_H

#include "snapshot/header.h"

/*
 * Name in the archive of what disk `slot` has in `layer`: a layer's own name, or "N-base" for the
 * image that the lowest layer lies over, be it the handset's (`layer` NULL, or no name of a layer)
 * or one that came with an imported snapshot. Free with g_free().
 */
static inline char *bundle_member(unsigned slot, const char *layer)
{
    return layer && header_is_layer(layer, slot) && g_str_has_suffix(layer, HEADER_QCOW2)
               ? g_strdup(layer)
               : g_strdup_printf("%u-base", slot);
}

#endif
