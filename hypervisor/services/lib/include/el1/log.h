/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A service's log: lines with the time since start, on a UART. */
#ifndef EL1_LOG_H
#define EL1_LOG_H

#include <stdarg.h>
#include <stdint.h>

#define LOG_LINE 256u /* bytes of a line; longer ones are cut */

void log_init(uintptr_t uart);

/* One line without "\n". Control characters become '?'. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_lines(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

/* Fatal error: writes one line and halts the CPU. */
_Noreturn void log_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
