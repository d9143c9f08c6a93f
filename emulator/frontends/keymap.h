/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The desktop's keyboard to Linux key codes. Pure. */
#ifndef FRONTENDS_KEYMAP_H
#define FRONTENDS_KEYMAP_H

/* The evdev code of an SDL_Scancode (a USB HID keyboard usage); 0: a key that phones do not have.
 */
int keymap_code(int scancode);

#endif
