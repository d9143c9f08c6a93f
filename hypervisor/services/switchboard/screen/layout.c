/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "layout.h"

#define SIDE_WIDTH  (PERSONA_WIDTH / 2)
#define SIDE_HEIGHT (PERSONA_HEIGHT / 2)
#define SIDE_TOP    (BAR_HEIGHT + (PERSONA_HEIGHT - SIDE_HEIGHT) / 2)

void layout_make(struct layout *layout, enum view view, unsigned personas)
{
    if (view == VIEW_SIDE && personas > 1) {
        layout->areas = 2;
        for (unsigned i = 0; i < 2; i++) {
            layout->area[i] = (struct rect){i * SIDE_WIDTH, SIDE_TOP, SIDE_WIDTH, SIDE_HEIGHT};
        }
        return;
    }
    layout->areas = personas ? 1 : 0;
    layout->area[0] = (struct rect){0, BAR_HEIGHT, PERSONA_WIDTH, PERSONA_HEIGHT};
}

int layout_find(const struct layout *layout, uint32_t x, uint32_t y)
{
    for (unsigned i = 0; i < layout->areas; i++) {
        const struct rect *area = &layout->area[i];

        if (x >= area->x && x - area->x < area->width && y >= area->y &&
            y - area->y < area->height) {
            return (int)i;
        }
    }
    return -1;
}

/* Position `at` on an edge that begins at `from` and is `size` long, as one of `full`. */
static uint32_t scale(uint32_t at, uint32_t from, uint32_t size, uint32_t full)
{
    const uint32_t inside = at < from ? 0 : at - from >= size ? size - 1 : at - from;

    return inside * full / size;
}

void layout_translate(const struct layout *layout, unsigned area, uint32_t *x, uint32_t *y)
{
    const struct rect *rect = &layout->area[area];

    *x = scale(*x, rect->x, rect->width, PERSONA_WIDTH);
    *y = scale(*y, rect->y, rect->height, PERSONA_HEIGHT);
}
