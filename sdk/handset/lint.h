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

#endif
