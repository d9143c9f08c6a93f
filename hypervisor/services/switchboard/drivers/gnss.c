/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "gnss.h"
#include "gpio.h"

#include "el1/irq.h"
#include "el1/line.h"
#include "el1/uart.h"
#include "nmea.h"

#define PIECE 32u /* bytes: the UART's FIFO */

static struct {
    uintptr_t uart;
    unsigned line;
    void (*burst)(const char *text, size_t len);
    struct line_reader reader;
    char text[NMEA_BURST];
    size_t len;
} gnss;

static void give(void)
{
    if (gnss.len) {
        gnss.burst(gnss.text, gnss.len);
        gnss.len = 0;
    }
}

/* What is no sentence, such as half of one from before power went, is dropped. */
static void take(const char *line)
{
    size_t len = strlen(line);

    len -= len && line[len - 1] == '\r';
    if (!nmea_is_sentence(line, len)) {
        return;
    }
    if (len + 2 > sizeof(gnss.text) - gnss.len) {
        give();
    }
    memcpy(gnss.text + gnss.len, line, len);
    memcpy(gnss.text + gnss.len + len, "\r\n", 2);
    gnss.len += len + 2;
}

static void receive(void *owner)
{
    char piece[PIECE];
    size_t len;

    (void)owner;
    while ((len = uart_read(gnss.uart, piece, sizeof(piece))) != 0) {
        for (size_t i = 0; i < len; i++) {
            if (line_byte(&gnss.reader, piece[i]) == LINE_COMPLETE) {
                take(gnss.reader.text);
            }
        }
    }
    give();
}

void gnss_power(bool on)
{
    if (gnss.uart) {
        gpio_set(gnss.line, on);
    }
}

bool gnss_init(const struct board *board, void (*burst)(const char *text, size_t len))
{
    if (!board->gnss.base || !board->gnss.intid || !board->gpio.base) {
        return false;
    }
    gnss.uart = board->gnss.base;
    gnss.line = board->gnss_line;
    gnss.burst = burst;
    gnss_power(false);
    uart_init(gnss.uart);
    irq_enable(board->gnss.intid, false, receive, NULL);
    uart_listen(gnss.uart);
    return true;
}
