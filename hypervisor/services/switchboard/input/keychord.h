/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the handset's three keys mean, together and alone. No I/O. */
#ifndef KEYCHORD_H
#define KEYCHORD_H

#include <stdbool.h>

#include "drivers/keys.h"

enum key_meaning {
    KEY_MEANS_NOTHING,
    KEY_MEANS_PRESS,   /* the key itself, for the persona in front */
    KEY_MEANS_RELEASE, /* ... */
    KEY_MEANS_POWER,   /* power alone, pressed and released: display on or off */
    KEY_MEANS_NEXT,    /* volume up and power together: next persona */
};

struct keychord {
    bool down[KEY_LINES];
    bool given[KEY_LINES]; /* the persona has seen it go down */
    bool chord;            /* power belongs to a chord: its release means nothing */
};

/* One key changed. Volume keys are the persona's, but for one that completes a chord. */
enum key_meaning keychord_event(struct keychord *chord, enum key key, bool down);

#endif
