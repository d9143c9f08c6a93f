/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Connects events of the screen and the VMs to the rooms that need them. Rooms call downwards only:
 * port, input, screen, vm, net, storage, drivers; calls in the other direction go through here.
 */
#ifndef OBSERVERS_H
#define OBSERVERS_H

#include "screen/observer.h"
#include "vm/manager.h"

extern const struct screen_observer observers_screen;
extern const struct manager_observer observers_vms;

#endif
