/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "keychord.h"

static enum key_meaning power(struct keychord *chord, bool down)
{
    if (!down) {
        return chord->chord ? KEY_MEANS_NOTHING : KEY_MEANS_POWER;
    }
    chord->chord = chord->down[KEY_LINE_VOLUME_UP];
    return chord->chord ? KEY_MEANS_NEXT : KEY_MEANS_NOTHING;
}

static enum key_meaning volume(struct keychord *chord, enum key key, bool down)
{
    if (!down) {
        return chord->given[key] ? KEY_MEANS_RELEASE : KEY_MEANS_NOTHING;
    }
    chord->given[key] = !(key == KEY_LINE_VOLUME_UP && chord->down[KEY_LINE_POWER]);
    if (chord->given[key]) {
        return KEY_MEANS_PRESS;
    }
    chord->chord = true;
    return KEY_MEANS_NEXT;
}

enum key_meaning keychord_event(struct keychord *chord, enum key key, bool down)
{
    if (chord->down[key] == down) {
        return KEY_MEANS_NOTHING;
    }
    chord->down[key] = down;
    return key == KEY_LINE_POWER ? power(chord, down) : volume(chord, key, down);
}
