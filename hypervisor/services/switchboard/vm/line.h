/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The level of an interrupt of a guest's. */
#ifndef LINE_H
#define LINE_H

#include "vm.h"

#include "el1/hvc.h"

/* `line`: the level that the guest's interrupt controller has; it is told only of a change. */
static inline void line_set(const struct vm *vm, uint32_t intid, bool *line, bool level)
{
    if (*line != level) {
        *line = level;
        hvc(PB_CALL_VIRQ, vm->id, intid, level);
    }
}

#endif
