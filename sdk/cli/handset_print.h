/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What `booth handset` and `booth persona list` print. */
#ifndef BOOTH_HANDSET_PRINT_H
#define BOOTH_HANDSET_PRINT_H

#include <json-glib/json-glib.h>

#include "../handset/places.h"

/* `chosen`: the folder of the one that is used when none is named, or NULL. */
void handset_print_list(const GPtrArray *places, const char *chosen, gboolean json);

/* FALSE and `error`: it cannot be read. */
gboolean handset_print(const handset_place *place, gboolean json, GError **error);
gboolean handset_print_personas(const handset_place *place, gboolean json, GError **error);

void handset_print_made(const char *name, const char *dir, gboolean json);
void handset_print_findings(const handset_place *place, const GPtrArray *findings, gboolean json);

#endif
