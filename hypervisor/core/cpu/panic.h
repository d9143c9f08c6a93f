/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What EL2 does after a fault of its own: it prints on the UART that the table names, and halts. No
 * guest can cause this. */
#ifndef CPU_PANIC_H
#define CPU_PANIC_H

#include "cpu/arch.h"

/* Write text to the UART, if there is one. */
void uart_puts(const char *text);

/* Dump x[0..30] and EL2's fault registers, halt every CPU. */
_Noreturn void panic(const uint64_t *x);

/* Print what must not have happened, then as panic(). */
_Noreturn void panic_message(const char *text);

/* Halt this CPU; does not return. */
_Noreturn void halt(void);

/* Halts if another CPU has panicked; every CPU calls this when it is kicked. */
void panic_check(void);

#endif
