/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "console.h"

#include "el1/clock.h"
#include "el1/log.h"

#define SECOND_US 1000000u

static struct console {
    char line[CONSOLE_LINE + 1];
    size_t len;
    uint64_t second;
    size_t this_second;
    bool dropping;
} consoles[PB_MAX_VMS];

static void put_line(struct vm *vm, struct console *console)
{
    console->line[console->len] = '\0';
    log_line("%s> %s", vm->name, console->line);
    console->len = 0;
}

static void put(struct vm *vm, struct console *console, char c)
{
    if (c == '\r') {
        return;
    }
    if (c == '\n' || console->len == CONSOLE_LINE) {
        put_line(vm, console);
    }
    if (c != '\n') {
        console->line[console->len++] = c;
    }
}

void console_output(struct vm *vm, const void *data, size_t len)
{
    struct console *console = &consoles[vm->id % PB_MAX_VMS];
    const uint64_t second = clock_us() / SECOND_US;
    const char *text = data;

    if (console->second != second) {
        console->second = second;
        console->this_second = 0;
        console->dropping = false;
    }
    for (size_t i = 0; i < len; i++) {
        if (console->this_second++ < CONSOLE_RATE) {
            put(vm, console, text[i]);
        } else if (!console->dropping) {
            console->dropping = true;
            vm_complain(vm, "console: too fast, output dropped");
        }
    }
}
