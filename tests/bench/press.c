/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A program for guests with a full-screen window that changes its colour at once, as often as a
 * finger or a key goes down:
 *
 *   press SOCKET
 *
 * SOCKET is the compositor's. It prints "press ready" when the window is on the screen, and goes on
 * until it is ended.
 */
#define _GNU_SOURCE
#include <stdio.h>

#include "window.h"

static unsigned presses, drawn, frames;

static void on_frame(void)
{
    if (!frames++) {
        printf("press ready\n");
        fflush(stdout);
    }
}

static void on_press(void)
{
    presses++;
}

int main(int argc, char **argv)
{
    static const struct window_events events = {on_frame, on_press};

    if (argc != 2) {
        fprintf(stderr, "usage: press SOCKET\n");
        return 2;
    }
    window_open(argv[1], 0, &events);
    window_draw(0x204080);
    while (1) {
        window_take();
        if (drawn != presses && window_draw(presses % 2 ? 0xe0c040 : 0x204080)) {
            drawn = presses;
        }
    }
}
