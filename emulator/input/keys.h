/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys as Linux numbers them (evdev: linux/input-event-codes.h). Pure. */
#ifndef INPUT_KEYS_H
#define INPUT_KEYS_H

#include <stdbool.h>

#define KEYS_MAX_CODE 248 /* KEY_MICMUTE, the last that the personas' keyboard has */

/* "KEY_A", "a", "volumeup" or "30"; -1: no such key. */
int keys_code(const char *name);

/* "KEY_A" without "KEY_"; NULL: no name for it. */
const char *keys_name(int code);

/* The key (and shift) that types an ASCII character on a US keyboard. False: none does. */
bool keys_for_char(char c, int *code, bool *shift);

#endif
