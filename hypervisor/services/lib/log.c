/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "el1/clock.h"
#include "el1/cpu.h"
#include "el1/log.h"
#include "el1/uart.h"

static uintptr_t log_uart;

void log_init(uintptr_t uart)
{
    log_uart = uart;
    uart_init(uart);
}

void log_lines(const char *format, va_list arguments)
{
    const uint64_t now = clock_us();
    char line[LOG_LINE];
    size_t at;

    if (!log_uart) {
        return;
    }
    at = (size_t)snprintf(line, sizeof(line), "[%5u.%06u] ", (unsigned)(now / 1000000),
                          (unsigned)(now % 1000000));
    vsnprintf(line + at, sizeof(line) - at, format, arguments);
    for (char *c = line; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            *c = '?';
        }
    }
    uart_write(log_uart, line, strlen(line));
    uart_write(log_uart, "\r\n", 2);
}

void log_line(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    log_lines(format, arguments);
    va_end(arguments);
}

_Noreturn void log_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    log_lines(format, arguments);
    va_end(arguments);
    log_line("stopped");
    el1_halt();
}
