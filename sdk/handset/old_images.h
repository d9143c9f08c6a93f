/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Images that a handset has links to, and that a newer package has taken away. */
#ifndef HANDSET_OLD_IMAGES_H
#define HANDSET_OLD_IMAGES_H

#include <glib.h>

/*
 * The images that what is stored in the handset `dir` belongs to are files in it then: those that
 * are not there are taken from `old`, a handset or the files of an older package. FALSE, and
 * `error` says where to get them: one is not there either, or `old` is NULL. `named`: the handset
 * in what is said. *changed is set if files were taken, and left alone else.
 */
gboolean old_images_bring_back(const char *dir, const char *named, const char *old,
                               gboolean *changed, GError **error);

#endif
