/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conduct.h"

#include "machine/lockstep.h"
#include "machine/scanout.h"
#include "phone/clock.h"

static void nothing(void *opaque G_GNUC_UNUSED)
{
}

/* Whoever looks at frames sees what is there now, whenever the host has looked before. */
static void show(struct program *program)
{
    if (screen_refresh_ms(&program->screen) < SCREEN_IDLE_MS) {
        scanout_refresh(nothing, NULL);
    }
}

/* All that has been caused so far is done, on this thread and in the machine's main loop. */
static void settle(GMainContext *context)
{
    do {
        while (g_main_context_iteration(context, FALSE)) {
        }
        lockstep_settle();
    } while (g_main_context_pending(context));
}

void conduct(struct program *program)
{
    GMainContext *context = program->phone->context;

    while (!g_atomic_int_get(&program->conducted)) {
        settle(context);
        if (clock_is_driven() && lockstep_step()) {
            clock_stand_at(lockstep_passed_ns() / 1000);
            show(program);
            lockstep_settle();
        } else if (!g_atomic_int_get(&program->conducted)) {
            g_main_context_iteration(context, TRUE);
        }
    }
}

void conduct_end(struct program *program)
{
    g_atomic_int_set(&program->conducted, 1);
    g_main_context_wakeup(program->phone->context);
}
