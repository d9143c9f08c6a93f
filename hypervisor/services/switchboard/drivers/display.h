/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's display engine, docs/board/display-engine.md. */
#ifndef DISPLAY_H
#define DISPLAY_H

#include "board.h"
#include "panel.h"
#include "el1/image.h"

#define DISPLAY_PLANES 4u /* 0 is the lowest */

struct plane {
    bool enabled;
    struct image image;
    int16_t x, y;           /* on the screen */
    uint16_t width, height; /* differs from the image: scaled */
};

/* False: no display engine, or not the size or the planes we are made for. */
bool display_init(const struct board *board, void (*latched)(void));

/* vsync() is called after the first vsync that follows display_await_vsync(); while the display is
 * off there is none. */
void display_on_vsync(void (*vsync)(void));
void display_await_vsync(void);

/* Writes the registers of a plane; they count from the next vsync after display_commit() on. */
void display_set_plane(unsigned number, const struct plane *plane);

/*
 * Asks for the planes in mask. latched() is called from the event loop after the vsync that took
 * them; until then registers must not be written. Only while the display is on.
 */
void display_commit(uint32_t mask);

/* Off: dark, no vsync, and a commit under way is forgotten. */
void display_power(bool on);

void display_background(uint32_t rgb);

/* Frames shown since the display was switched on last. */
uint32_t display_frame(void);

#endif
