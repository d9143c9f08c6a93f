/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies what the display engine scans out into the screen's shadow. */
#ifndef MACHINE_SCANOUT_H
#define MACHINE_SCANOUT_H

#include "machine/call.h"
#include "screen/screen.h"

/*
 * Machine made, its lock held: copied as often as the screen's sinks ask for, if something changed.
 * A board without a screen: nothing happens.
 */
void scanout_attach(struct screen *screen);

/* From any thread: brings the shadow up to date with the display engine, then calls `done`. */
void scanout_refresh(machine_fn *done, void *opaque);

#endif
