/* SPDX-License-Identifier: GPL-2.0-or-later */
/* advance: a machine in lockstep goes on. */
#include "control/session.h"
#include "control/verbs.h"
#include "machine/lockstep.h"
#include "machine/trace_hash.h"

static gboolean on_passed(gpointer data)
{
    struct request *request = data;
    JsonObject *body = json_object_new();

    json_object_set_double_member(body, "virtual_s", (double)lockstep_now_ns() / 1e9);
    request_ok(request, body);
    return G_SOURCE_REMOVE;
}

void verb_advance(struct request *request)
{
    if (!trace_hash_is_kept()) {
        request_fail(request, "bad-state",
                     "time passes by itself: this phone was not started with --deterministic");
        return;
    }
    server_after(request->server, (unsigned)args_int(request->args, "ms", 0), on_passed, request);
}
