/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * How fast guests may draw: one that is seen goes on with the next vsync. One that is not, because
 * another one is in front or the display is off, goes on ten times a second.
 */
#ifndef PACE_H
#define PACE_H

#include "vm/vm.h"

/* After compositor_init(). frame(): a guest that asked may go on. */
void pace_init(void (*frame)(struct vm *vm));

/* vm has drawn: frame() is called once, later. */
void pace_request(struct vm *vm);

#endif
