/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The board's screen and the touch panel on it, in pixels. */
#ifndef PANEL_H
#define PANEL_H

#define SCREEN_WIDTH     720u
#define SCREEN_HEIGHT    1440u
#define SCREEN_WIDTH_MM  62u
#define SCREEN_HEIGHT_MM 124u

#endif
