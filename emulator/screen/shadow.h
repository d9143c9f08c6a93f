/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The board's screen as the front ends see it: a copy under a mutex of its own, so that drawing a
 * window never holds up the machine. The machine writes it, any thread reads it.
 */
#ifndef SCREEN_SHADOW_H
#define SCREEN_SHADOW_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct rect {
    int x, y, w, h; /* empty: w or h is 0 */
};

struct shadow {
    GMutex lock;      /* protects all below; held for copies only, no other lock is taken inside */
    uint32_t *pixels; /* 0x00RRGGBB (the top byte is undefined), stride is width; NULL: no screen */
    int width, height;
    uint64_t updates; /* rectangles that arrived */
};

/* A screen of another size, black. Owned by the machine's thread. */
void shadow_resize(struct shadow *shadow, int width, int height);

/* What is there now, for the caller to g_free(). NULL and `error`: there is no screen yet. */
uint32_t *shadow_copy(struct shadow *shadow, int *width, int *height, GError **error);

/* PNG, 8-bit RGB, of pixels like the shadow's; with `alpha` RGBA, the top byte of each pixel is A.
 */
GBytes *shadow_encode(const uint32_t *pixels, int width, int height, bool alpha, GError **error);

/* PNG, 8-bit RGB, of what is there now. NULL and `error`: there is no screen yet. */
GBytes *shadow_png(struct shadow *shadow, int *width, int *height, GError **error);

/* The smallest rectangle around both; an empty one adds nothing. */
struct rect rect_union(struct rect a, struct rect b);

/* The part of `a` that is in `b`. */
struct rect rect_intersect(struct rect a, struct rect b);

#endif
