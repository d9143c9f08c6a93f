/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EL2's messages about a VM: its page (phonebooth/vmpage.h) and its doorbell interrupt. */
#ifndef DOORBELL_H
#define DOORBELL_H

#include "vm.h"

/*
 * From now on: notifications and posted writes go to the VM's virtio devices; state_changed() is
 * called before that at each ring, and finds out by itself whether anything changed.
 */
void doorbell_init(struct vm *vm, void (*state_changed)(struct vm *vm));

/* As if all had rung: for what nobody has looked at. */
void doorbell_look(void);

#endif
