/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/verbs.h"

#include <string.h>

#define LIST(...) ((const struct arg[]){__VA_ARGS__, {.name = NULL}})
#define NEED(n, t, ...)                                     \
    {                                                       \
        .name = n, .type = t, .required = true, __VA_ARGS__ \
    }
#define MAY(n, t, ...)                                       \
    {                                                        \
        .name = n, .type = t, .required = false, __VA_ARGS__ \
    }
#define CHOICES(...)                 \
    .choices = (const char *const[]) \
    {                                \
        __VA_ARGS__, NULL            \
    }
#define RANGE(low, high) .min = low, .max = high
#define POINT(n)         NEED(n, ARG_INT, RANGE(0, 16383))
#define SLOT             MAY("slot", ARG_INT, RANGE(0, PANEL_SLOTS - 1))
#define ACTION           MAY("action", ARG_CHOICE, CHOICES("press", "down", "up"))
#define NOTHING          ((const struct arg[]){{.name = NULL}})

static const struct verb verbs[] = {
    {"hello", verb_hello, NOTHING},
    {"status", verb_status, NOTHING},
    {"vms", verb_vms, NOTHING},
    {"wait-ready", verb_wait_ready,
     LIST(MAY("timeout", ARG_NUMBER, RANGE(0, 86400)), MAY("vms", ARG_NAMES))},
    {"switch", verb_switch, LIST(NEED("to", ARG_NAME))},
    {"view", verb_view, LIST(NEED("mode", ARG_CHOICE, CHOICES("single", "side")))},
    {"touch", verb_touch,
     LIST(NEED("type", ARG_CHOICE, CHOICES("down", "move", "up")), SLOT,
          MAY("x", ARG_INT, RANGE(0, 16383)), MAY("y", ARG_INT, RANGE(0, 16383)))},
    {"tap", verb_tap, LIST(POINT("x"), POINT("y"), MAY("hold_ms", ARG_INT, RANGE(1, 10000)), SLOT)},
    {"swipe", verb_swipe,
     LIST(POINT("x1"), POINT("y1"), POINT("x2"), POINT("y2"),
          MAY("duration_ms", ARG_INT, RANGE(1, 10000)), SLOT)},
    {"key", verb_key, LIST(NEED("key", ARG_NAME), ACTION)},
    {"text", verb_text, LIST(NEED("text", ARG_STRING, RANGE(0, 4096)))},
    {"wheel", verb_wheel, LIST(NEED("steps", ARG_INT, RANGE(-100, 100)))},
    {"button", verb_button,
     LIST(NEED("button", ARG_CHOICE, CHOICES("power", "volume-up", "volume-down")), ACTION,
          MAY("hold_ms", ARG_INT, RANGE(1, 30000)))},
    {"power", verb_power, NOTHING},
    {"shot", verb_shot, LIST(MAY("file", ARG_STRING, RANGE(1, 4095)))},
    {"console", verb_console,
     LIST(NEED("vm", ARG_NAME), MAY("offset", ARG_INT, RANGE(0, 9e15)),
          MAY("tail", ARG_INT, RANGE(0, VMLOG_MEMORY)), MAY("max", ARG_INT, RANGE(0, VMLOG_MEMORY)),
          MAY("follow", ARG_BOOL))},
    {"console-input", verb_console_input,
     LIST(NEED("vm", ARG_NAME), NEED("text", ARG_STRING, RANGE(0, 4096)))},
    {"vm", verb_vm,
     LIST(NEED("vm", ARG_NAME),
          NEED("action", ARG_CHOICE, CHOICES("start", "stop", "restart", "pause", "resume")))},
    {"pause", verb_pause, NOTHING},
    {"resume", verb_resume, NOTHING},
    {"stats", verb_stats, LIST(MAY("reset", ARG_BOOL))},
    {"trace", verb_trace,
     LIST(NEED("action", ARG_CHOICE, CHOICES("start", "stop")),
          MAY("file", ARG_STRING, RANGE(0, 4096)))},
    {"subscribe", verb_subscribe, LIST(MAY("events", ARG_NAMES))},
    {"unsubscribe", verb_unsubscribe, LIST(MAY("events", ARG_NAMES))},
    {"quit", verb_quit, NOTHING},
};

const struct verb *verbs_find(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}
