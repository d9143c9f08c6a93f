/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The side switch, docs/board/lights.md. No QEMU types in this header. Machine's thread. */
#ifndef MACHINE_LIGHTS_H
#define MACHINE_LIGHTS_H

#include <stdbool.h>

/* Moves the switch if `set`, and reads it. False: the board has none. */
bool lights_switch(bool set, bool *silent);

#endif
