/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PL011 UART, Arm DDI 0183, chapter 3. */
#include "el1/uart.h"
#include "el1/cpu.h"

#define DR       0x00u
#define FR       0x18u
#define FR_RXFE  (1u << 4)
#define FR_TXFF  (1u << 5)
#define LCR_H    0x2cu
#define LCR_8BIT (3u << 5)
#define LCR_FIFO (1u << 4)
#define CR       0x30u
#define CR_ON    0x301u /* UARTEN, TXE, RXE */
#define IMSC     0x38u
#define ICR      0x44u
#define INT_RX   (1u << 4)
#define INT_RT   (1u << 6)
#define INT_ALL  0x7ffu

void uart_init(uintptr_t base)
{
    reg_write(base + CR, 0);
    reg_write(base + IMSC, 0);
    reg_write(base + ICR, INT_ALL);
    reg_write(base + LCR_H, LCR_8BIT | LCR_FIFO);
    reg_write(base + CR, CR_ON);
}

void uart_write(uintptr_t base, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        while (reg_read(base + FR) & FR_TXFF) {
            ;
        }
        reg_write(base + DR, (uint8_t)data[i]);
    }
}

void uart_listen(uintptr_t base)
{
    reg_write(base + IMSC, INT_RX | INT_RT);
}

size_t uart_read(uintptr_t base, char *data, size_t size)
{
    size_t count = 0;

    reg_write(base + ICR, INT_RX | INT_RT);
    while (count < size && !(reg_read(base + FR) & FR_RXFE)) {
        data[count++] = (char)reg_read(base + DR);
    }
    return count;
}
