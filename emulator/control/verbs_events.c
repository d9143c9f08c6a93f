/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "phone/clock.h"

static void add_vm(JsonObject *event, struct phone *phone G_GNUC_UNUSED, struct phone_vm *vm)
{
    json_object_set_object_member(event, "vm", describe_vm(vm));
}

static void add_front(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    json_object_set_string_member(event, "vm", phone->front->name);
}

static void add_view(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    json_object_set_string_member(event, "view", phone->side ? "side" : "single");
}

static void add_display(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    json_object_set_boolean_member(event, "on", phone->display_on);
}

static void add_attitude(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    json_object_set_string_member(event, "attitude", attitude_name(phone->attitude));
}

static void add_progress(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    g_autofree char *headline = phone_headline(phone);
    json_object_set_int_member(event, "progress", phone_progress(phone));
    json_object_set_string_member(event, "headline", headline);
}

static void add_ready(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    json_object_set_double_member(event, "ready_s", phone->ready_s);
}

static void add_machine(JsonObject *event, struct phone *phone, struct phone_vm *vm G_GNUC_UNUSED)
{
    json_object_set_string_member(event, "machine", phone_machine_name(phone->machine));
}

static void add_light(JsonObject *event, struct phone *phone G_GNUC_UNUSED, struct phone_vm *vm)
{
    json_object_set_string_member(event, "vm", vm->desc->name);
    json_object_set_boolean_member(event, "red", vm->light.red);
    json_object_set_boolean_member(event, "green", vm->light.green);
    json_object_set_boolean_member(event, "blue", vm->light.blue);
    json_object_set_boolean_member(event, "torch", vm->light.torch);
    json_object_set_boolean_member(event, "vibrator", vm->light.vibrator);
    json_object_set_int_member(event, "backlight", vm->light.backlight);
}

/* `add` NULL: session_send_event() brings the members. */
static const struct {
    const char *name;
    void (*add)(JsonObject *event, struct phone *phone, struct phone_vm *vm);
} events[] = {
    [PHONE_VM] = {"vm", add_vm},
    [PHONE_FRONT] = {"front", add_front},
    [PHONE_VIEW] = {"view", add_view},
    [PHONE_DISPLAY] = {"display", add_display},
    [PHONE_ATTITUDE] = {"attitude", add_attitude},
    [PHONE_PROGRESS] = {"progress", add_progress},
    [PHONE_READY] = {"ready", add_ready},
    [PHONE_MACHINE] = {"machine", add_machine},
    [PHONE_LIGHT] = {"light", add_light},
    [PHONE_BATTERY] = {"battery", NULL},
    [PHONE_SENSOR] = {"sensor", NULL},
    [PHONE_CAMERA] = {"camera", NULL},
    [PHONE_INPUT] = {"input", NULL},
    [PHONE_REQUEST] = {"request", NULL},
};

/* What a person types is nobody's who only wants to know everything about the phone. */
#define EVERY        ((1u << G_N_ELEMENTS(events)) - 1)
#define BY_NAME_ONLY (1u << PHONE_INPUT | 1u << PHONE_REQUEST)

void session_tell(struct session *session, enum phone_change change, struct phone_vm *vm)
{
    g_autoptr(JsonObject) event = NULL;

    if (!(session->events & 1u << change)) {
        return;
    }
    event = json_object_new();
    json_object_set_string_member(event, "event", events[change].name);
    events[change].add(event, session->server->config.phone, vm);
    client_send(session->client, event);
}

void session_send_event(struct session *session, enum phone_change change, JsonObject *members)
{
    g_autoptr(JsonObject) event = NULL;
    JsonObjectIter iter;
    const char *name;
    JsonNode *value;

    if (!(session->events & 1u << change)) {
        return;
    }
    event = json_object_new();
    json_object_set_string_member(event, "event", events[change].name);
    json_object_iter_init(&iter, members);
    while (json_object_iter_next(&iter, &name, &value)) {
        json_object_set_member(event, name, json_node_copy(value));
    }
    client_send(session->client, event);
}

void session_tell_request(struct request *request)
{
    GPtrArray *sessions = request->server->sessions;
    g_autoptr(JsonObject) members = json_object_new();

    json_object_set_object_member(members, "request", json_object_ref(request->args));
    json_object_set_double_member(members, "time", (double)clock_us() / 1e6);
    for (guint i = 0; i < sessions->len; i++) {
        if (sessions->pdata[i] != request->session) {
            session_send_event(sessions->pdata[i], PHONE_REQUEST, members);
        }
    }
}

/* Bits of the events that the request names; `without`: if it names none. False: one is unknown and
 * the request is answered. */
static bool choose(struct request *request, unsigned without, unsigned *bits)
{
    g_auto(GStrv) names = args_names(request->args, "events");

    *bits = names ? 0 : without;
    for (char **name = names; name && *name; name++) {
        unsigned i = 0;
        while (i < G_N_ELEMENTS(events) && strcmp(events[i].name, *name) != 0) {
            i++;
        }
        if (i == G_N_ELEMENTS(events)) {
            request_fail(request, "bad-request", "'events': there is no event '%s'", *name);
            return false;
        }
        *bits |= 1u << i;
    }
    return true;
}

static void answer(struct request *request)
{
    JsonObject *body = json_object_new();
    JsonArray *names = json_array_new();

    for (unsigned i = 0; i < G_N_ELEMENTS(events); i++) {
        if (request->session->events & 1u << i) {
            json_array_add_string_element(names, events[i].name);
        }
    }
    json_object_set_array_member(body, "events", names);
    request_ok(request, body);
}

void verb_subscribe(struct request *request)
{
    unsigned bits;

    if (choose(request, EVERY & ~BY_NAME_ONLY, &bits)) {
        request->session->events |= bits;
        answer(request);
    }
}

void verb_unsubscribe(struct request *request)
{
    unsigned bits;

    if (choose(request, EVERY, &bits)) {
        request->session->events &= ~bits;
        answer(request);
    }
}
