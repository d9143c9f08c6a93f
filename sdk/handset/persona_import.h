/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef HANDSET_PERSONA_IMPORT_H
#define HANDSET_PERSONA_IMPORT_H

#include "places.h"

/*
 * Adds the persona in `file` (persona_file.h) to a handset of the user's, as `name`, or as it is
 * called there if that is NULL: *named, to be freed. FALSE and `error`: the handset is as it was.
 */
gboolean persona_import(const handset_place *place, const char *file, const char *name,
                        char **named, GError **error);

#endif
