/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef HANDSET_CLONE_H
#define HANDSET_CLONE_H

#include "places.h"

/*
 * Makes a copy of the handset in the folder `to`, which does not exist: what is stored on it, its
 * snapshots, its description. Images are not copied where the file system can share them; those of
 * an installed handset stay where they are. `finish`, if not NULL, is done to the copy before it
 * gets its name. Nothing is left behind after a failure.
 */
gboolean clone_make(const handset_place *from, const char *to,
                    gboolean (*finish)(const char *dir, GError **error), GError **error);

/*
 * The installed handset's own copy of this user, made if there is none: place->dir is that one
 * then. Others stay as they are.
 */
gboolean clone_of_installed(handset_place *place, GError **error);

#endif
