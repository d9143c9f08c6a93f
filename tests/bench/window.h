/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A full-screen window for programs for guests, without a library of the guest's. A failure ends
 * the program with a line.
 */
#ifndef BENCH_WINDOW_H
#define BENCH_WINDOW_H

#include <stdint.h>

struct window_events {
    void (*frame)(void);   /* the compositor asks for the next frame */
    void (*pressed)(void); /* a finger or a key went down; NULL: it shall not be told */
};

/* `socket`: the compositor's; `square`: pixels of a side of what is drawn, 0: all. */
void window_open(const char *socket, unsigned square, const struct window_events *events);

/* 0: nothing is drawn, the compositor still reads all buffers. */
int window_draw(uint32_t colour);

/* Waits for events, and tells of them. */
void window_take(void);

#endif
