/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef PACK_UPGRADE_COMMIT_H
#define PACK_UPGRADE_COMMIT_H

#include <glib.h>

/*
 * Goes on with each exchange of a persona's data that has been decided on in the handset `out` and
 * not come to its end, as after a power cut.
 */
gboolean pack_upgrade_go_on(const char *out, GError **error);

#endif
