/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies what the display engine scans out into the front ends' shadow. */
#ifndef MACHINE_SCANOUT_H
#define MACHINE_SCANOUT_H

#include "screen/shadow.h"

/*
 * Machine made, its lock held: copied each `refresh_ms` if something changed. A board without a
 * screen: nothing happens.
 */
void scanout_attach(struct shadow *shadow, unsigned refresh_ms);

#endif
