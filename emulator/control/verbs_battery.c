/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/battery.h"
#include "machine/call.h"
#include "control/parts.h"
#include "control/session.h"
#include "control/verbs.h"

/* A request on its way to the machine's thread and back. */
struct battery_call {
    struct request *request;
    struct battery_change change;
    struct battery_state state;
    bool found;
};

static const char *state_name(const struct battery_state *state)
{
    if (!state->charger) {
        return "discharging";
    }
    return state->charging ? "charging" : "full";
}

JsonObject *parts_describe_battery(const struct battery_state *state)
{
    JsonObject *body = json_object_new();

    json_object_set_int_member(body, "level", state->level);
    json_object_set_string_member(body, "state", state_name(state));
    json_object_set_boolean_member(body, "charger", state->charger);
    json_object_set_int_member(body, "speed", state->speed);
    json_object_set_int_member(body, "voltage_mv", state->voltage_mv);
    json_object_set_int_member(body, "current_ma", state->current_ma);
    json_object_set_double_member(body, "temperature_c", state->temperature_c);
    json_object_set_int_member(body, "remaining_mah", state->remaining_mah);
    return body;
}

static gboolean answer(gpointer data)
{
    g_autofree struct battery_call *call = data;

    if (!call->found) {
        request_fail(call->request, "bad-state", "the board has no battery");
        return G_SOURCE_REMOVE;
    }
    request_ok(call->request, parts_describe_battery(&call->state));
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_machine(void *opaque)
{
    struct battery_call *call = opaque;

    call->found = battery_set(&call->change) && battery_read(&call->state);
    phone_invoke(call->request->server->config.phone, answer, call);
}

static struct battery_change change_of(JsonObject *args)
{
    bool charger = args_bool(args, "charger", false);

    return (struct battery_change){
        .level = args_int(args, "level", BATTERY_KEEP),
        .charger = args_has(args, "charger") ? charger : BATTERY_KEEP,
        .speed = args_int(args, "speed", BATTERY_KEEP),
    };
}

void verb_battery(struct request *request)
{
    bool sets = strcmp(args_string(request->args, "action", ""), "set") == 0;
    bool given = args_has(request->args, "level") || args_has(request->args, "charger") ||
                 args_has(request->args, "speed");
    struct battery_call *call;

    if (sets != given) {
        request_fail(request, "bad-request",
                     sets ? "set: give a level, charger or speed"
                          : "level, charger and speed are only for the action set");
        return;
    }
    if (!request_has_machine(request)) {
        return;
    }
    call = g_new0(struct battery_call, 1);
    call->request = request;
    call->change = change_of(request->args);
    machine_call(on_machine, call);
}
