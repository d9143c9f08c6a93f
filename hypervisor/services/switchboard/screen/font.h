/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A bitmap font; the only one is made at build time by tools/mkfont.c. */
#ifndef FONT_H
#define FONT_H

#include <stdint.h>

struct glyph {
    uint8_t width;   /* pixels, also the step to the next glyph; 0: not in the font */
    uint32_t offset; /* of its coverage: width * font height bytes, row by row */
};

struct font {
    uint32_t first, last; /* Unicode */
    uint32_t height;      /* pixels of every glyph */
    const struct glyph *glyphs;
    const uint8_t *coverage;
};

extern const struct font bar_font;

#endif
