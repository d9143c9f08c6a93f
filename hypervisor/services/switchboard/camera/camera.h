/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Cameras: each persona has a front and a back one on its USB, by its policy. The persona in front
 * sees what the board's sensors see; any other one that looks gets black frames. A sensor is on
 * while the persona in front looks through it and the display is on, and the bar shows that.
 */
#ifndef CAMERA_H
#define CAMERA_H

#include "drivers/board.h"
#include "vm/vm.h"

/* VMs and screen before; virtio devices after. */
void camera_init(const struct board *board);

/* The VM's policy gives it cameras, and the board has them. */
bool camera_allowed(const struct vm *vm);

/* A camera, the state of a VM, which one is in front, or the display has changed. */
void camera_update(void);

#endif
