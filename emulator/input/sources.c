/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "input/sources.h"

bool sources_hold_button(const GPtrArray *sources, enum button button)
{
    for (guint i = 0; i < sources->len; i++) {
        const struct input_source *source = g_ptr_array_index(sources, i);
        if (source->button[button]) {
            return true;
        }
    }
    return false;
}

bool sources_hold_key(const GPtrArray *sources, int code)
{
    for (guint i = 0; i < sources->len; i++) {
        const struct input_source *source = g_ptr_array_index(sources, i);
        if (source->key[code]) {
            return true;
        }
    }
    return false;
}
