/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/call.h"
#include "machine/lights.h"
#include "control/session.h"
#include "control/verbs.h"

#define ANSWER_S 10

static const char *const lines[] = {"red", "green", "blue", "torch", "vibrator"};

/* What the switchboard has said, on its way to the machine's thread and back. */
struct light_call {
    struct request *request;
    JsonObject *body;
    bool set, silent, found;
};

static gboolean answer(gpointer data)
{
    g_autofree struct light_call *call = data;

    if (call->found) {
        json_object_set_string_member(call->body, "switch", call->silent ? "silent" : "sound");
    } else {
        json_object_set_null_member(call->body, "switch");
    }
    request_ok(call->request, call->body);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_machine(void *opaque)
{
    struct light_call *call = opaque;

    call->found = lights_switch(call->set, &call->silent);
    phone_invoke(call->request->server->config.phone, answer, call);
}

static void on_light(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;
    const char *name = args_string(request->args, "switch", NULL);
    struct light_call *call;

    if (request_refused(request, line, error)) {
        return;
    }
    call = g_new0(struct light_call, 1);
    call->request = request;
    call->set = name;
    call->silent = g_strcmp0(name, "silent") == 0;
    call->body = json_object_new();
    json_object_set_string_member(call->body, "vm", service_line_get(line, "vm"));
    for (unsigned i = 0; i < G_N_ELEMENTS(lines); i++) {
        json_object_set_boolean_member(call->body, lines[i],
                                       service_line_number(line, lines[i], 0) != 0);
    }
    json_object_set_int_member(call->body, "backlight", service_line_number(line, "backlight", 0));
    machine_call(on_machine, call);
}

void verb_light(struct request *request)
{
    const struct handset_vm *front = request->server->config.phone->front;
    struct phone_vm *vm;

    if (!args_has(request->args, "vm")) {
        if (front) {
            request_service(request, ANSWER_S, on_light, "light %s", front->name);
        } else {
            request_fail(request, "bad-state", "no persona is in front yet: say which one");
        }
    } else if ((vm = request_vm(request)) != NULL) {
        request_service(request, ANSWER_S, on_light, "light %s", vm->desc->name);
    }
}
