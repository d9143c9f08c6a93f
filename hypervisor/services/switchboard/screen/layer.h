/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Canvases that the display engine can show. */
#ifndef LAYER_H
#define LAYER_H

#include "canvas.h"

/* Memory for `width` x `height` pixels, for ever; at start only. */
struct canvas layer_take(uint32_t width, uint32_t height);

/* The canvas as a plane's image. */
struct image layer_image(const struct canvas *canvas);

#endif
