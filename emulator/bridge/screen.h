/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies what the display engine scans out into the front ends' shadow. */
#ifndef BRIDGE_SCREEN_H
#define BRIDGE_SCREEN_H

#include "ui/shadow.h"

/*
 * Machine made, its lock held: copied each `refresh_ms` if something changed. A board without a
 * screen: nothing happens.
 */
void screen_attach(struct shadow *shadow, unsigned refresh_ms);

#endif
