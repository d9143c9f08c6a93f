/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What isolation.c and its neighbour agree on. */
#ifndef GUEST_NEIGHBOUR_H
#define GUEST_NEIGHBOUR_H

#define NEIGHBOUR_PATTERN 0x5eec3e7b0b5cafe1ull
#define NEIGHBOUR_START   (RAM_BASE + 0x400000) /* from here to NEIGHBOUR_END it is in RAM */
#define NEIGHBOUR_END     (RAM_BASE + 0xf00000)
#define NEIGHBOUR_WATCHES 0x42000000ull         /* a watchpoint of its own; not in its RAM */
#define NEIGHBOUR_ROUNDS  (RAM_BASE + 0x3ff000) /* there it counts its rounds of 20 ms or more */

#endif
