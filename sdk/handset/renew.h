/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A handset of the user's gets what another one has now: the images of its personas, hypervisor and
 * switchboard. A persona that has stored something goes on with the image that this belongs to,
 * until it is upgraded.
 */
#ifndef HANDSET_RENEW_H
#define HANDSET_RENEW_H

#include "places.h"

/*
 * The folder of the handset of this build or installed copy whose description has the same name: it
 * is what `place` was made like. Free with g_free(); NULL and `error`.
 */
char *renew_find(const handset_place *place, GError **error);

/*
 * Personas take the image of the one with the same name in the handset `from`; others, that of one
 * whose image they have. `old` is NULL, or a folder that has images which `place` only has links
 * to, and which are not there any more: a handset, or the older package's files. *changed FALSE:
 * all is as in `from` already. Nothing is changed after a failure.
 */
gboolean renew_images(const handset_place *place, const char *from, const char *old,
                      gboolean *changed, GError **error);

#endif
