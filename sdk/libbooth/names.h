/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Names of phones; not installed. */
#ifndef BOOTH_NAMES_H
#define BOOTH_NAMES_H

#include <glib.h>

/* Whether a phone can have that name (NULL can stand for it); else BOOTH_ERROR_BAD_REQUEST. */
gboolean name_check(const char *name, GError **error);

#endif
