/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL011 UART, Arm DDI 0183. Output waits for room in the FIFO, input comes by interrupt. */
#ifndef EL1_UART_H
#define EL1_UART_H

#include <stddef.h>
#include <stdint.h>

/* 8 bits, FIFOs on; the board's loader has left the baud rate alone, the model needs none. */
void uart_init(uintptr_t base);
void uart_write(uintptr_t base, const char *data, size_t len);

/* Receive interrupts on: FIFO half full, or bytes waiting for a while. */
void uart_listen(uintptr_t base);

/* What has arrived, at most size bytes; takes the interrupt down when the FIFO is empty. */
size_t uart_read(uintptr_t base, char *data, size_t size);

#endif
