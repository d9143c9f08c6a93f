/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EL2's last words, on the UART that the table names. No guest can cause them. */
#ifndef CPU_PANIC_H
#define CPU_PANIC_H

#include "cpu/arch.h"

/* Write text to the UART, if there is one. */
void uart_puts(const char *text);

/* Dump x[0..30] and EL2's fault registers, halt every CPU. */
_Noreturn void panic(const uint64_t *x);

/* Say what cannot be, then as panic(). */
_Noreturn void panic_message(const char *text);

/* This CPU stops for good. */
_Noreturn void halt(void);

/* Halts if another CPU has panicked; every CPU passes here on a kick. */
void panic_check(void);

#endif
