/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The bar's plane of the display engine. It has two buffers: one is shown, one is drawn in. */
#ifndef BARPLANE_H
#define BARPLANE_H

#include "bar.h"

/* Once, at start, if there is a display. */
void barplane_init(void);

/* Draws into the buffer that is not shown; not while a commit is pending. */
void barplane_draw(enum view view, const struct bar_tab *tabs, unsigned count);

/* Sets the plane to what was drawn last; the display engine's next commit shows it. */
void barplane_show(void);

#endif
