/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random numbers that the emulator gives to guests: the host's, or for a run that is to be done
 * again the same ones each time. Main thread and machine's thread, not both at a time. */
#ifndef PHONE_SEEDS_H
#define PHONE_SEEDS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* From now on all that seeds_fill() gives follows from `seed`. */
void seeds_fix(uint64_t seed);

/* False and `error`: the host has none. */
bool seeds_fill(void *bytes, gsize size, GError **error);

#endif
