/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/poll.h"

#include "phone/clock.h"

#define POLL_S   3
#define ANSWER_S 10

static void ignore(void *opaque G_GNUC_UNUSED, const struct service_line *line G_GNUC_UNUSED,
                   const GError *error G_GNUC_UNUSED)
{
}

/* A phone whose personas are up is left alone: measurements must not find our questions. */
static bool a_persona_boots(const struct phone *phone)
{
    for (unsigned i = 0; i < phone->vm_count; i++) {
        const struct phone_vm *vm = &phone->vm[i];
        if (vm->desc->kind == PB_KIND_PERSONA && vm->state == VM_RUNNING && !phone_vm_ready(vm)) {
            return true;
        }
    }
    return false;
}

static gboolean ask(gpointer data)
{
    struct phone *phone = data;

    if (phone->service_up && phone->machine == MACHINE_RUNNING && a_persona_boots(phone)) {
        service_mention(phone->service, "stats", ANSWER_S, ignore, NULL);
    }
    return G_SOURCE_CONTINUE;
}

GSource *poll_new(struct phone *phone)
{
    GSource *poll = clock_timeout_new(POLL_S * 1000, CLOCK_MEANWHILE);

    g_source_set_callback(poll, ask, phone, NULL);
    g_source_attach(poll, phone->context);
    return poll;
}

void poll_free(GSource *poll)
{
    if (poll) {
        g_source_destroy(poll);
        g_source_unref(poll);
    }
}
