/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A watchdog for each VM, by the SMC calls of Linux's arm,smc-wdt binding. A VM that does not reset
 * it in time is stopped and starts again.
 */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include "vm.h"

#define WATCHDOG_CALL 0x82003d06u /* the binding's default function */

/* bite(): vm is to stop and start again; false: it does not run and has all of its time again. */
void watchdog_init(bool (*bite)(struct vm *vm));

/* One call of vm; x1 is the verb, x2 its argument; result: its x0, x1, x2. */
void watchdog_call(struct vm *vm, uint64_t x1, uint64_t x2, uint64_t result[4]);

/* Off, for a new life of vm. */
void watchdog_reset_vm(struct vm *vm);

#endif
