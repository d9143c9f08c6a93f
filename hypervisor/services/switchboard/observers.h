/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Who hears of what happens in the screen and to the VMs. Rooms call downwards only: port, input,
 * screen, vm, net, storage, drivers; what goes the other way goes through here.
 */
#ifndef OBSERVERS_H
#define OBSERVERS_H

#include "screen/observer.h"
#include "vm/manager.h"

extern const struct screen_observer observers_screen;
extern const struct manager_observer observers_vms;

#endif
