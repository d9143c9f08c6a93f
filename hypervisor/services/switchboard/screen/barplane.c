/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "barplane.h"
#include "layer.h"

#include "drivers/display.h"

#define PLANE_BAR 3u
#define BUFFERS   2u

static struct {
    struct canvas buffer[BUFFERS];
    unsigned drawn;
} bar;

void barplane_init(void)
{
    for (unsigned i = 0; i < BUFFERS; i++) {
        bar.buffer[i] = layer_take(SCREEN_WIDTH, BAR_HEIGHT);
    }
}

void barplane_draw(enum view view, const struct bar_tab *tabs, unsigned count)
{
    bar.drawn = (bar.drawn + 1) % BUFFERS;
    bar_draw(&bar.buffer[bar.drawn], view, tabs, count);
}

void barplane_show(void)
{
    const struct plane plane = {.enabled = true,
                                .image = layer_image(&bar.buffer[bar.drawn]),
                                .width = (uint16_t)SCREEN_WIDTH,
                                .height = BAR_HEIGHT};

    display_set_plane(PLANE_BAR, &plane);
}
