/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A program for guests that animates a full-screen window and counts its frames:
 *
 *   frames SOCKET SECONDS [SIDE]
 *
 * SOCKET is the compositor's, SIDE the pixels that change in each frame, as a square; without it,
 * all of them. It draws a frame when the compositor asks for one (wl_surface.frame) and prints
 * "frames N in S s".
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "window.h"

static int asked;
static unsigned frames;

static void on_frame(void)
{
    asked = 1;
    frames++;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void animate(double seconds)
{
    const double started = now();

    frames = 0;
    asked = 1;
    while (now() - started < seconds) {
        if (asked && window_draw(frames * 0x030507u)) {
            asked = 0;
        }
        window_take();
    }
    printf("frames %u in %.3f s\n", frames, now() - started);
}

int main(int argc, char **argv)
{
    static const struct window_events events = {on_frame, NULL};

    if (argc < 3) {
        fprintf(stderr, "usage: frames SOCKET SECONDS [SIDE]\n");
        return 2;
    }
    window_open(argv[1], argc > 3 ? (unsigned)atoi(argv[3]) : 0, &events);
    animate(atof(argv[2]));
    return 0;
}
