/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the switchboard tells the emulator unasked: docs/design/contracts.md section 6, "Events". */
#ifndef EVENTS_H
#define EVENTS_H

#include "vm/vm.h"

void event_vm(const struct vm *vm); /* its state changed */
void event_front(const struct vm *vm);
void event_display(bool on);
void event_view(bool side);
void event_scanout(const struct vm *vm, uint32_t width, uint32_t height);
void event_ready(void);

#endif
