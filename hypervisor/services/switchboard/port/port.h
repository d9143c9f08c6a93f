/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The service port's wire: UART 2. */
#ifndef PORT_H
#define PORT_H

#include "drivers/board.h"

/* line() gets each complete line, and may write into it; NULL: it was longer than allowed. */
void port_init(const struct board *board, void (*line)(char *text));

/* One line without "\n", at most 1000 bytes; what is longer is cut. Nothing before port_init(). */
void port_send(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
