/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Drawing into XRGB8888 memory. Everything is clipped to the canvas. No I/O. */
#ifndef CANVAS_H
#define CANVAS_H

#include "font.h"
#include "el1/image.h"

struct canvas {
    uint32_t *pixels; /* rows follow each other */
    uint32_t width, height;
};

/* a to b by step/steps, per channel; colours are 0x00RRGGBB. */
uint32_t colour_mix(uint32_t a, uint32_t b, uint32_t step, uint32_t steps);

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t colour);

/* Rows from colour `top` to colour `bottom`. */
void canvas_shade(struct canvas *canvas, struct rect rect, uint32_t top, uint32_t bottom);

/* A filled circle with smooth edge, centre and radius in quarter pixels. */
void canvas_disc(struct canvas *canvas, int x4, int y4, int radius4, uint32_t colour);

/*
 * UTF-8 text, its top left corner at x, y; `scale` times the font's size. What the font lacks is
 * '?'. Text wider than `width` pixels ends with "..." within them; where not even that fits,
 * nothing is drawn.
 */
void canvas_text(struct canvas *canvas, const struct font *font, unsigned scale, int x, int y,
                 int width, uint32_t colour, const char *text);

/* Width of the text in pixels at scale 1. */
uint32_t canvas_text_width(const struct font *font, const char *text);

#endif
