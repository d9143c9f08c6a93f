/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FRONTENDS_SKIN_SHOT_H
#define FRONTENDS_SKIN_SHOT_H

#include "screen/shadow.h"

/*
 * The handset as the window draws it, its screen pixel by pixel: pixels 0xAARRGGBB, for the caller
 * to g_free(), transparent around the skin. `pixels`, width x height, are the screen; `skin`: the
 * skin's folder; `turns`: quarter turns clockwise. From any thread; needs no display. NULL and
 * `error`: the skin cannot be read.
 */
uint32_t *skin_shot(const char *skin, int turns, const uint32_t *pixels, int width, int height,
                    int *shot_width, int *shot_height, GError **error);

#endif
