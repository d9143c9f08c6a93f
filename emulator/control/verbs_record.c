/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record: the phone as a film */
#include <string.h>

#include "control/session.h"
#include "control/target.h"
#include "control/verbs.h"
#include "frontends/film.h"

/* A request on its way to a thread of its own, because the encoder may take seconds, and back. */
struct record_call {
    struct request *request;
    struct screen *screen;
    bool begins;
    struct film_options options;
    char *file;
    struct film_state state;
    const char *code; /* of the error */
    GError *error;
};

static JsonObject *describe(const struct film_state *state)
{
    JsonObject *body = json_object_new();

    json_object_set_boolean_member(body, "recording", state->recording);
    describe_text(body, "file", state->file);
    json_object_set_double_member(body, "seconds", state->seconds);
    json_object_set_int_member(body, "bytes", (gint64)state->bytes);
    json_object_set_int_member(body, "frames", state->frames);
    describe_text(body, "why", state->why);
    return body;
}

static gboolean answer(gpointer data)
{
    struct record_call *call = data;

    if (call->error) {
        request_fail(call->request, call->code, "%s", call->error->message);
    } else {
        request_ok(call->request, describe(&call->state));
    }
    film_state_clear(&call->state);
    g_clear_error(&call->error);
    g_free(call->file);
    g_free(call);
    return G_SOURCE_REMOVE;
}

static const char *code_of(const GError *error)
{
    return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_BUSY) ||
                   g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                   g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED)
               ? "bad-state"
               : "io";
}

static gpointer work(gpointer data)
{
    struct record_call *call = data;

    if (!call->begins) {
        film_end(&call->state, &call->error);
    } else if (target_check(call->file, &call->error) &&
               film_begin(call->screen, &call->options, &call->error)) {
        film_read(&call->state);
    }
    call->code = call->error ? code_of(call->error) : NULL;
    phone_invoke(call->request->server->config.phone, answer, call);
    return NULL;
}

static void show(struct request *request)
{
    struct film_state state;

    film_read(&state);
    request_ok(request, describe(&state));
    film_state_clear(&state);
}

void verb_record(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    const char *file = args_string(request->args, "file", NULL);
    const bool begins = strcmp(action, "start") == 0;
    struct record_call *call;

    if (begins != (file != NULL)) {
        request_fail(request, "bad-request", begins ? "start: name a file" : "%s takes no file",
                     action);
        return;
    }
    if (strcmp(action, "show") == 0) {
        show(request);
        return;
    }
    call = g_new0(struct record_call, 1);
    call->request = request;
    call->screen = request->server->config.screen;
    call->begins = begins;
    call->file = g_strdup(file);
    call->options = (struct film_options){
        .file = call->file,
        .fps = (unsigned)args_int(request->args, "fps", 0),
        .max_seconds = (unsigned)args_int(request->args, "max_seconds", 0),
        .max_bytes = (uint64_t)args_int(request->args, "max_mb", 0) * 1000000u,
    };
    g_thread_unref(g_thread_new("record", work, call));
}
