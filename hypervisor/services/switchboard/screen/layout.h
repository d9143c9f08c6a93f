/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where personas stand on the screen. No I/O. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "drivers/panel.h"
#include "el1/image.h"

#define BAR_HEIGHT     64u                          /* y 0..63: only the switchboard draws here */
#define PERSONA_WIDTH  SCREEN_WIDTH                 /* pixels, what EDID tells a persona */
#define PERSONA_HEIGHT (SCREEN_HEIGHT - BAR_HEIGHT) /* all but the bar */

#define LAYOUT_AREAS 2u

enum view { VIEW_SINGLE, VIEW_SIDE };

/* Areas on the screen below the bar; every one shows PERSONA_WIDTH x PERSONA_HEIGHT, scaled. */
struct layout {
    unsigned areas;
    struct rect area[LAYOUT_AREAS];
};

/* The side view needs two personas; with one it is the single view. */
void layout_make(struct layout *layout, enum view view, unsigned personas);

/* The area that has the point; -1: none, also in the bar. */
int layout_find(const struct layout *layout, uint32_t x, uint32_t y);

/* A point of the screen as a point of the persona in the area, moved to its edge if outside. */
void layout_translate(const struct layout *layout, unsigned area, uint32_t *x, uint32_t *y);

#endif
