/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The smallest service: it answers each line on its UART with the line's words, and tells the time
 * every second. It drives what its device tree names, the first PL011, and needs nothing else.
 */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "el1/clock.h"
#include "el1/cpu.h"
#include "el1/fdtread.h"
#include "el1/irq.h"
#include "el1/line.h"
#include "el1/log.h"
#include "el1/loop.h"
#include "el1/place.h"
#include "el1/timers.h"
#include "el1/uart.h"

#define SECOND_US 1000000u

static struct {
    uintptr_t uart;
    struct line_reader reader;
    struct timer second;
    unsigned seconds;
} echo;

static void say(const char *text)
{
    uart_write(echo.uart, text, strlen(text));
}

static void answer(char *line)
{
    struct line_request request;
    const char *wrong = line_parse(&request, line);
    char text[64];

    snprintf(text, sizeof(text), "%u %s", (unsigned)request.id, wrong ? wrong : "ok");
    say(text);
    for (unsigned i = 0; !wrong && i < request.words; i++) {
        say(" ");
        say(request.word[i]);
    }
    say("\n");
}

static void receive(void *owner)
{
    char byte;

    (void)owner;
    while (uart_read(echo.uart, &byte, 1)) {
        if (line_byte(&echo.reader, byte) == LINE_COMPLETE) {
            answer(echo.reader.text);
        }
    }
}

static void tick(struct timer *timer)
{
    log_line("second %u", ++echo.seconds);
    timer_start(timer, SECOND_US);
}

void el1_main(const void *fdt)
{
    const int node = fdt_node_offset_by_compatible(fdt, -1, "arm,pl011");
    struct place place;
    uint64_t base, size;

    if (!place_read(&place, fdt) || node < 0 || !fdt_read_reg(fdt, node, 0, &base, &size)) {
        el1_halt(); /* nowhere to say it */
    }
    echo.uart = base;
    uart_init(echo.uart);
    log_init(echo.uart);
    log_line("echo: RAM %lu MiB at %#lx", (unsigned long)(place.ram_size >> 20),
             (unsigned long)place.ram_base);
    place_start(&place, fdt);
    irq_enable(fdt_read_intid(fdt, node, 0), false, receive, NULL);
    uart_listen(echo.uart);
    echo.second.fire = tick;
    timer_start(&echo.second, SECOND_US);
    loop_run(NULL);
}
