/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>

#include "control/session.h"
#include "control/verbs.h"

#define UP_S 30 /* a switchboard on a busy host takes seconds for its start */

static void on_up(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;

    if (!request_refused(request, line, error)) {
        request_ok(request, NULL);
    }
}

/* After the phone has asked who has started: the next request finds it up. */
static gboolean ask(gpointer data)
{
    request_service(data, UP_S, on_up, "hello");
    return G_SOURCE_REMOVE;
}

/* It does not answer: its next start cancels what waits. */
static void on_end(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        phone_invoke(request->server->config.phone, ask, request);
    } else {
        request_refused(request, line, error);
    }
}

void verb_crash(struct request *request)
{
    request_service(request, UP_S, on_end, "crash %s", args_string(request->args, "fault", NULL));
}
