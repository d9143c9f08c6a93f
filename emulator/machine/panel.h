/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fingers on the board's touch panel and keys of its case. From any thread; takes effect in the
 * machine's main loop, in the order of the calls. No QEMU types in this header.
 *
 * QEMU's devices take no input while the machine stands still. What goes down then is dropped; what
 * goes up then goes up as soon as the machine runs again, so that nothing stays down.
 */
#ifndef MACHINE_PANEL_H
#define MACHINE_PANEL_H

#include <stdbool.h>

#define PANEL_SLOTS 10 /* fingers that the panel tells apart */

enum touch_type { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP };
enum button { BUTTON_POWER, BUTTON_VOLUME_UP, BUTTON_VOLUME_DOWN };

/* Main thread, the machine is made: from now on the calls below may be made. */
void panel_attach(void);

/* `x`, `y` in pixels of a screen of `width` x `height`, clamped to it; ignored for TOUCH_UP. */
void panel_touch(unsigned slot, enum touch_type type, int x, int y, int width, int height);

void panel_button(enum button button, bool down);

/* Everything goes up: this machine went on from the state of one on which it may have been down. */
void panel_release(void);

#endif
