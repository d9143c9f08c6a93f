/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Whether a guest shows anything yet. No I/O. */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdbool.h>

#include "el1/image.h"

/*
 * A booting system clears its screen long before it has something to show, perhaps with a blinking
 * text cursor. Looks at a grid of points; fewer than one in 64 that is not black counts as black.
 */
bool picture_is_black(const struct image *image);

#endif
