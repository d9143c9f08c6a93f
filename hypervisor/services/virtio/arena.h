/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Page-wise, first-fit allocation from one piece of memory. The list of pieces given out is kept
 * beside the memory, never in it. For a guest's resources: a guest can use up only its own arena.
 */
#ifndef VIRTIO_ARENA_H
#define VIRTIO_ARENA_H

#include <stddef.h>
#include <stdint.h>

#define ARENA_PIECES 160u
#define ARENA_PAGE   4096u

struct arena {
    uint8_t *base;
    size_t size;
    unsigned count;
    struct {
        size_t at, size;
    } piece[ARENA_PIECES]; /* in order of address */
};

void arena_init(struct arena *arena, void *base, size_t size);

/* `size` bytes at a multiple of ARENA_PAGE, contents undefined; NULL: no room, or size 0. */
void *arena_take(struct arena *arena, size_t size);

/* Gives a piece back; NULL is allowed. */
void arena_give(struct arena *arena, void *piece);

#endif
