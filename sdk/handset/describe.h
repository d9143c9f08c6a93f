/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A handset of the user's has its description in it, so that it can be packed again without what it
 * came from:
 *
 *   description/handset.ini                     as docs/handset-description.md says
 *   description/profiles/PERSONA/profile.ini
 *   description/files/                          kernels and the like that are no persona's image
 *
 * Personas' images are in images/UUID, as pack keeps them.
 */
#ifndef HANDSET_DESCRIBE_H
#define HANDSET_DESCRIBE_H

#include "../pack/build.h"

#define DESCRIBE_FOLDER "description"

/* There is a description in the handset `dir`. */
gboolean describe_has(const char *dir);

/*
 * Makes, in the handset `to` that nobody uses yet, the description of what `from` was packed from,
 * if that is still there. `to` has the images of `from`. FALSE and `error`: it is there, and cannot
 * be understood.
 */
gboolean describe_make(const char *from, const char *to, GError **error);

/* The same for one handset, whole or not at all; nothing if it has a description. FALSE and `error`
 * also if what it was packed from is not there. */
gboolean describe_store(const char *dir, GError **error);

/* What the handset `dir` is to be packed with; free with pack_options_finish(). */
void describe_options(struct pack_options *options, const char *dir);

/* Notes in `dir` what it was packed from, when it has the name `final`. */
gboolean describe_note(const char *dir, const char *final, GError **error);

#endif
