/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The guests' real-time clocks (vrtc.h). Their alarms are the board's: it has one, which is set to
 * the next of theirs, so that they come by the board's time, whatever the CPUs' counter did
 * meanwhile.
 */
#ifndef ALARM_H
#define ALARM_H

#include "vm.h"

#define ALARM_PAGE 0x1000u /* bytes of registers */

void alarm_init(void);

/* A guest's access to register `offset`; the result is what a read gives. */
uint32_t alarm_access(struct vm *vm, uint32_t offset, bool write, uint32_t value);

/* The VM starts anew: no alarm is set. */
void alarm_reset_vm(struct vm *vm);

#endif
