/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/call.h"
#include "machine/gnss.h"
#include "control/session.h"
#include "control/verbs.h"
#include "phone/track.h"

/* A request on its way to the machine's thread and back. */
struct geo_call {
    struct request *request;
    struct gnss_change change;
    char *route; /* change.route */
    struct gnss_state state;
    bool found;
};

/* What else than the action may be given to it. */
static const struct action {
    const char *name;
    int mode;
    const char *required, *optional; /* names between spaces */
} actions[] = {
    {"show", GNSS_KEEP, "", ""},
    {"fix", GNSS_FIX, " lat lon ", " alt speed course satellites ttff "},
    {"route", GNSS_ROUTE, " file ", " speed satellites ttff "},
    {"off", GNSS_OFF, "", " ttff "},
};

static const char *const members[] = {"lat",    "lon",        "alt",  "speed",
                                      "course", "satellites", "ttff", "file"};

/* ---- Answer -------------------------------------------------------------------------------- */

static void add_place(JsonObject *body, const struct gnss_state *state)
{
    const struct gnss_place *place = &state->place;

    json_object_set_double_member(body, "lat", place->latitude);
    json_object_set_double_member(body, "lon", place->longitude);
    json_object_set_double_member(body, "alt", place->altitude);
    json_object_set_double_member(body, "speed", place->speed);
    json_object_set_double_member(body, "course", place->course);
}

static gboolean answer(gpointer data)
{
    g_autofree struct geo_call *call = data;
    g_autofree char *route = call->route;
    const struct gnss_state *state = &call->state;
    JsonObject *body;

    (void)route;
    if (!call->found) {
        request_fail(call->request, "bad-state", "the board has no GNSS receiver");
        return G_SOURCE_REMOVE;
    }
    body = json_object_new();
    for (unsigned i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (actions[i].mode == (int)state->mode) {
            json_object_set_string_member(body, "mode", actions[i].name);
        }
    }
    if (state->mode != GNSS_OFF) {
        add_place(body, state);
    }
    json_object_set_int_member(body, "satellites", state->satellites);
    json_object_set_int_member(body, "ttff", state->ttff_s);
    json_object_set_boolean_member(body, "heard", state->powered);
    json_object_set_boolean_member(body, "fix", state->has_fix);
    if (state->mode == GNSS_ROUTE) {
        json_object_set_double_member(body, "length_s", state->length_s);
        json_object_set_double_member(body, "played_s", state->played_s);
    }
    request_ok(call->request, body);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_machine(void *opaque)
{
    struct geo_call *call = opaque;

    call->found = gnss_set(&call->change) && gnss_read(&call->state);
    phone_invoke(call->request->server->config.phone, answer, call);
}

/* ---- Request ------------------------------------------------------------------------------- */

static bool has(const char *names, const char *name)
{
    g_autofree char *word = g_strconcat(" ", name, " ", NULL);

    return strstr(names, word) != NULL;
}

/* False: the request is answered. */
static bool fits(struct request *request, const struct action *action)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(members); i++) {
        const bool given = args_has(request->args, members[i]);

        if (given && !has(action->required, members[i]) && !has(action->optional, members[i])) {
            request_fail(request, "bad-request", "%s: takes no '%s'", action->name, members[i]);
            return false;
        }
        if (!given && has(action->required, members[i])) {
            request_fail(request, "bad-request", "%s: '%s' is missing", action->name, members[i]);
            return false;
        }
    }
    return true;
}

/* False: the request is answered. */
static bool read_route(struct request *request, struct geo_call *call)
{
    const char *file = args_string(request->args, "file", "");
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) points = track_read(file, &error);

    if (!points) {
        request_fail(request, "io", "%s", error->message);
        return false;
    }
    call->route = track_route(points, args_number(request->args, "speed", 0), &error);
    call->change.route = call->route;
    if (!call->route) {
        request_fail(request, "bad-request", "%s: %s", file, error->message);
    }
    return call->route;
}

static struct gnss_change change_of(JsonObject *args, const struct action *action)
{
    return (struct gnss_change){
        .mode = action->mode,
        .place = {args_number(args, "lat", 0), args_number(args, "lon", 0),
                  args_number(args, "alt", 0), args_number(args, "speed", 0),
                  args_number(args, "course", 0)},
        .satellites = args_int(args, "satellites", GNSS_KEEP),
        .ttff_s = args_int(args, "ttff", GNSS_KEEP),
    };
}

void verb_geo(struct request *request)
{
    const struct action *action = actions;
    const char *name = args_string(request->args, "action", "");
    struct geo_call call = {.request = request};

    while (strcmp(action->name, name) != 0) {
        action++; /* it is one of them: the schema's choice */
    }
    if (!fits(request, action) || !request_has_machine(request)) {
        return;
    }
    call.change = change_of(request->args, action);
    if (action->mode != GNSS_ROUTE || read_route(request, &call)) {
        machine_call(on_machine, g_memdup2(&call, sizeof(call)));
    }
}
