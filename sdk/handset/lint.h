/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef HANDSET_LINT_H
#define HANDSET_LINT_H

#include <glib.h>

/*
 * Looks at all that a phone from the handset `dir` needs, without changing anything: its
 * description, each file that it names, the layers of its disks, the image that each disk belongs
 * to. Returns one line for each thing that is wrong, with what to do; none: it is whole. Free it
 * with g_ptr_array_unref().
 */
GPtrArray *lint_handset(const char *dir);

/*
 * For a handset whose images are links to an installed one's: whether they are still those that it
 * was made with. After an upgrade of the package they are not, and nothing may be started from it.
 * FALSE and `error`: they are not; what to do is said.
 */
gboolean lint_links(const char *dir, GError **error);

#endif
