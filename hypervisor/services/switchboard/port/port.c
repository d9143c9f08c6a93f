/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "el1/line.h"
#include "port.h"

#include "el1/irq.h"
#include "el1/uart.h"

#define PIECE 32u /* bytes: the UART's FIFO */

static struct {
    uintptr_t uart;
    void (*line)(char *text);
    struct line_reader reader;
} port;

static void receive(void *owner)
{
    char piece[PIECE];
    size_t len;

    (void)owner;
    while ((len = uart_read(port.uart, piece, sizeof(piece))) != 0) {
        for (size_t i = 0; i < len; i++) {
            const enum line_event event = line_byte(&port.reader, piece[i]);

            if (event != LINE_NOTHING) {
                port.line(event == LINE_COMPLETE ? port.reader.text : NULL);
            }
        }
    }
}

void port_init(const struct board *board, void (*line)(char *text))
{
    port.line = line;
    if (!board->service.base) {
        return;
    }
    port.uart = board->service.base;
    uart_init(port.uart);
    irq_enable(board->service.intid, false, receive, NULL);
    uart_listen(port.uart);
}

void port_send(const char *format, ...)
{
    char text[LINE_MAX_BYTES + 1];
    va_list arguments;

    if (!port.uart) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    uart_write(port.uart, text, strlen(text));
    uart_write(port.uart, "\n", 1);
}
