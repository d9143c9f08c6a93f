/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the switchboard itself draws: the bar, and a persona's area while it shows nothing. No I/O.
 */
#ifndef BAR_H
#define BAR_H

#include <stdbool.h>

#include "canvas.h"
#include "layout.h"

/* A persona as the bar shows it. */
struct bar_tab {
    const char *name;
    uint32_t colour;
    const char *note; /* "starting", "stopped", ...; "" when there is nothing to say */
    bool front;
    bool microphone; /* it hears the microphone, */
    bool camera;     /* it sees through a camera */
};

/*
 * The bar, SCREEN_WIDTH x BAR_HEIGHT. Single view: name and colour of the front tab, a dot per
 * persona, and left of the dots signs while any persona hears the microphone or uses a camera. Side
 * view: the first two tabs, each over its half, the front one underlined, with the signs in the
 * half of its persona.
 */
void bar_draw(struct canvas *canvas, enum view view, const struct bar_tab *tabs, unsigned count);

/* The area of a persona without a picture, PERSONA_WIDTH x PERSONA_HEIGHT. */
void bar_draw_empty(struct canvas *canvas, const struct bar_tab *tab);

#endif
