/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The board's screen and the touch panel on it, as the board's device tree says. */
#ifndef PANEL_H
#define PANEL_H

#include <stdint.h>

/* Set once, before anything draws or reads it. All 0: there is no display. */
extern struct panel {
    uint32_t width, height; /* pixels */
    uint32_t width_mm, height_mm;
} board_panel;

#define SCREEN_WIDTH     board_panel.width
#define SCREEN_HEIGHT    board_panel.height
#define SCREEN_WIDTH_MM  board_panel.width_mm
#define SCREEN_HEIGHT_MM board_panel.height_mm

#endif
