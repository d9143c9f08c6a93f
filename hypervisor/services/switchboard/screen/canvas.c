/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "canvas.h"
#include "el1/utf8.h"

#define ELLIPSIS "..."

uint32_t colour_mix(uint32_t a, uint32_t b, uint32_t step, uint32_t steps)
{
    uint32_t mixed = 0;

    for (unsigned shift = 0; shift < 24; shift += 8) {
        const uint32_t from = a >> shift & 0xff;
        const uint32_t to = b >> shift & 0xff;

        mixed |= (from * (steps - step) + to * step + steps / 2) / steps << shift;
    }
    return mixed;
}

static void blend(struct canvas *canvas, int x, int y, uint32_t colour, uint32_t coverage)
{
    uint32_t *pixel;

    if (!coverage || x < 0 || y < 0 || (uint32_t)x >= canvas->width ||
        (uint32_t)y >= canvas->height) {
        return;
    }
    pixel = &canvas->pixels[(uint32_t)y * canvas->width + (uint32_t)x];
    *pixel = colour_mix(*pixel, colour, coverage, 255);
}

void canvas_shade(struct canvas *canvas, struct rect rect, uint32_t top, uint32_t bottom)
{
    for (uint32_t y = 0; y < rect.height && rect.y + y < canvas->height; y++) {
        const uint32_t colour = colour_mix(top, bottom, y, rect.height > 1 ? rect.height - 1 : 1);
        uint32_t *row = canvas->pixels + (rect.y + y) * canvas->width;

        for (uint32_t x = rect.x; x < rect.x + rect.width && x < canvas->width; x++) {
            row[x] = colour;
        }
    }
}

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t colour)
{
    canvas_shade(canvas, rect, colour, colour);
}

/* Of the 16 parts of a pixel, how many are in the circle, as 0..255. */
static uint32_t disc_coverage(int x4, int y4, int radius4)
{
    uint32_t inside = 0;

    for (int i = 0; i < 16; i++) {
        const int dx = x4 + i % 4;
        const int dy = y4 + i / 4;

        inside += dx * dx + dy * dy <= radius4 * radius4;
    }
    return inside * 255 / 16;
}

void canvas_disc(struct canvas *canvas, int x4, int y4, int radius4, uint32_t colour)
{
    for (int y = (y4 - radius4) / 4 - 1; y <= (y4 + radius4) / 4 + 1; y++) {
        for (int x = (x4 - radius4) / 4 - 1; x <= (x4 + radius4) / 4 + 1; x++) {
            blend(canvas, x, y, colour, disc_coverage(x * 4 - x4, y * 4 - y4, radius4));
        }
    }
}

static const struct glyph *find_glyph(const struct font *font, uint32_t code)
{
    if (code < font->first || code > font->last || !font->glyphs[code - font->first].width) {
        code = '?';
    }
    return &font->glyphs[code - font->first];
}

static void draw_glyph(struct canvas *canvas, const struct font *font, const struct glyph *glyph,
                       unsigned scale, int x, int y, uint32_t colour)
{
    const uint8_t *coverage = font->coverage + glyph->offset;

    for (uint32_t row = 0; row < font->height * scale; row++) {
        for (uint32_t column = 0; column < glyph->width * scale; column++) {
            blend(canvas, x + (int)column, y + (int)row, colour,
                  coverage[row / scale * glyph->width + column / scale]);
        }
    }
}

/* As many characters of the text as end before `limit`; where the next one would begin. */
static int draw_text(struct canvas *canvas, const struct font *font, unsigned scale, int x, int y,
                     int limit, uint32_t colour, const char *text)
{
    while (*text) {
        const struct glyph *glyph = find_glyph(font, utf8_next(&text));
        const int end = x + (int)(glyph->width * scale);

        if (end > limit) {
            break;
        }
        draw_glyph(canvas, font, glyph, scale, x, y, colour);
        x = end;
    }
    return x;
}

void canvas_text(struct canvas *canvas, const struct font *font, unsigned scale, int x, int y,
                 int width, uint32_t colour, const char *text)
{
    const int rest = (int)(canvas_text_width(font, ELLIPSIS) * scale);

    if ((int64_t)canvas_text_width(font, text) * scale <= width) {
        draw_text(canvas, font, scale, x, y, x + width, colour, text);
    } else if (rest <= width) {
        const int end = draw_text(canvas, font, scale, x, y, x + width - rest, colour, text);

        draw_text(canvas, font, scale, end, y, end + rest, colour, ELLIPSIS);
    }
}

uint32_t canvas_text_width(const struct font *font, const char *text)
{
    uint32_t width = 0;

    while (*text) {
        width += find_glyph(font, utf8_next(&text))->width;
    }
    return width;
}
