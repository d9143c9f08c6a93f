/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/schema.h"

#include <string.h>

const struct schema_verb *schema_find(const char *name)
{
    for (const struct schema_verb *verb = schema_verbs; verb->name; verb++) {
        if (strcmp(verb->name, name) == 0) {
            return verb;
        }
    }
    return NULL;
}
