/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What elcount.h counted, as JSON: the same members for the verb stats and for marks. */
#ifndef MACHINE_COUNTS_H
#define MACHINE_COUNTS_H

#include <json-glib/json-glib.h>

#include "machine/elcount.h"

/* Adds the members that docs/control-api.md describes to `body`; they are null without -icount. */
void counts_add(JsonObject *body, const struct elcount *count);

#endif
