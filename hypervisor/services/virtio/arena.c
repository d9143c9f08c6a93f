/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "arena.h"

#include <string.h>

void arena_init(struct arena *arena, void *base, size_t size)
{
    arena->base = base;
    arena->size = size / ARENA_PAGE * ARENA_PAGE;
    arena->count = 0;
}

void *arena_take(struct arena *arena, size_t size)
{
    size_t at = 0, end;
    unsigned i;

    if (size == 0 || size > arena->size || arena->count == ARENA_PIECES) {
        return NULL;
    }
    size = (size + ARENA_PAGE - 1) / ARENA_PAGE * ARENA_PAGE;
    for (i = 0; i <= arena->count; i++) {
        end = i < arena->count ? arena->piece[i].at : arena->size;
        if (end - at >= size) {
            break;
        }
        if (i == arena->count) {
            return NULL;
        }
        at = arena->piece[i].at + arena->piece[i].size;
    }
    memmove(&arena->piece[i + 1], &arena->piece[i], (arena->count - i) * sizeof(arena->piece[0]));
    arena->piece[i].at = at;
    arena->piece[i].size = size;
    arena->count++;
    return arena->base + at;
}

void arena_give(struct arena *arena, void *piece)
{
    for (unsigned i = 0; piece && i < arena->count; i++) {
        if (arena->base + arena->piece[i].at != piece) {
            continue;
        }
        arena->count--;
        memmove(&arena->piece[i], &arena->piece[i + 1],
                (arena->count - i) * sizeof(arena->piece[0]));
        return;
    }
}
