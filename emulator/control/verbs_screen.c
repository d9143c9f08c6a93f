/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"

#define FLIP_S 10

static JsonObject *describe_flip(const struct service_line *line)
{
    JsonObject *body = json_object_new();
    json_object_set_int_member(body, "frame", service_line_number(line, "frame", 0));
    json_object_set_int_member(body, "us", service_line_number(line, "us", 0));
    return body;
}

static void on_switched(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;
    struct phone *phone = request->server->config.phone;
    g_autofree char *to = args_name(request->args, "to");
    JsonObject *body;

    if (request_refused(request, line, error)) {
        return;
    }
    /* Its event may come after its answer; a client must not see the old one then. */
    phone_set_front(phone, phone_find_vm(phone, to));
    body = describe_flip(line);
    json_object_set_string_member(body, "front", phone->front ? phone->front->name : "");
    request_ok(request, body);
}

void verb_switch(struct request *request)
{
    struct phone *phone = request->server->config.phone;
    g_autofree char *to = args_name(request->args, "to");
    struct phone_vm *vm = phone_find_vm(phone, to);

    if (strcmp(to, "next") == 0) {
        request_service(request, FLIP_S, on_switched, "switch next");
    } else if (!vm || vm->desc->kind != PB_KIND_PERSONA) {
        request_fail(request, "no-vm", "no persona '%s'", to);
    } else {
        request_service(request, FLIP_S, on_switched, "switch %s", vm->desc->name);
    }
}

static void on_viewed(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;

    const char *mode = args_string(request->args, "mode", "");

    if (!request_refused(request, line, error)) {
        JsonObject *body = describe_flip(line);
        phone_set_view(request->server->config.phone, strcmp(mode, "side") == 0);
        json_object_set_string_member(body, "view", mode);
        request_ok(request, body);
    }
}

void verb_view(struct request *request)
{
    request_service(request, FLIP_S, on_viewed, "view %s", args_string(request->args, "mode", ""));
}

static void on_displayed(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;
    const char *state = args_string(request->args, "state", "");

    if (!request_refused(request, line, error)) {
        phone_set_display(request->server->config.phone, strcmp(state, "on") == 0);
        request_ok(request, NULL);
    }
}

void verb_display(struct request *request)
{
    request_service(request, FLIP_S, on_displayed, "display %s",
                    args_string(request->args, "state", ""));
}
