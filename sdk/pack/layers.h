/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Once there are snapshots, what a handset's data disks have is in files over their images
 * (docs/snapshots.md). qemu-img reads them.
 */
#ifndef PACK_LAYERS_H
#define PACK_LAYERS_H

#include <glib.h>

/*
 * Fails if snapshots of the folder `out` would be lost with its layers: those with a name of the
 * user's, and where the phone was left while it ran.
 */
gboolean pack_layers_check(const char *out, GError **error);

/* Copies the data disk of persona `name`, as the phone sees it, to the new file `to`. */
gboolean pack_layers_copy(const char *out, const char *name, const char *to, GError **error);

/* Makes FOLDER/PERSONA.img of each data disk with layers; no folder if there are none. */
gboolean pack_layers_flatten(const char *out, const char *folder, GError **error);

#endif
