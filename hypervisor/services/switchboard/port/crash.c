/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "crash.h"

#include <limits.h>
#include <string.h>

#include "el1/cpu.h"

/* Its own code cannot be written. */
static void write_code(void)
{
    *(volatile uint32_t *)(uintptr_t)crash_request = 0;
}

static void run_undefined(void)
{
    __asm__ volatile("udf #0");
}

static volatile unsigned depth, deepest = UINT_MAX;

/* Down to the page below the stack, which is not mapped. */
static void fill_stack(void)
{
    volatile uint8_t room[1024];

    room[depth % sizeof(room)] = 0;
    if (depth++ < deepest) {
        fill_stack();
    }
    depth += room[0];
}

static void hang(void)
{
    for (;;) {
        __asm__ volatile("");
    }
}

static const struct {
    const char *name;
    void (*run)(void);
} kinds[] = {
    {"abort", write_code}, {"undefined", run_undefined}, {"stack", fill_stack}, {"hang", hang}};

const char *crash_request(const struct line_request *request)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!strcmp(request->word[1], kinds[i].name)) {
            kinds[i].run();
        }
    }
    return "crash is abort, undefined, stack or hang";
}
