/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Events of the screen for the rest of the switchboard; observers.c has the functions. Every member
 * must be set. */
#ifndef SCREEN_OBSERVER_H
#define SCREEN_OBSERVER_H

#include "vm/vm.h"

struct screen_observer {
    /* Before it happens: vm, in front, gives way; personas get other places, or go dark. */
    void (*front_leaves)(struct vm *vm);
    void (*places_change)(void);
    /* Afterwards. */
    void (*front)(const struct vm *vm);
    void (*view)(bool side);
    void (*display)(bool on);
    void (*picture)(const struct vm *vm, uint32_t width, uint32_t height); /* its first one */
};

#endif
