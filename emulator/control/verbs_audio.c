/* SPDX-License-Identifier: GPL-2.0-or-later */
/* audio, headset */
#include <string.h>

#include "machine/call.h"
#include "machine/sound.h"
#include "frontends/microphone.h"
#include "control/session.h"
#include "control/verbs.h"

/* A request on its way to the machine's thread and back. */
struct audio_call {
    struct request *request;
    char *action; /* of audio, or NULL */
    char *file;
    bool in; /* headset */
    struct sound_state state;
    bool found;
    char *wrong;
};

static void free_call(struct audio_call *call)
{
    sound_state_clear(&call->state);
    g_free(call->action);
    g_free(call->file);
    g_free(call->wrong);
    g_free(call);
}

static JsonObject *describe(const struct sound_state *state)
{
    JsonObject *body = json_object_new();

    json_object_set_string_member(body, "output", state->output);
    json_object_set_boolean_member(body, "headset", state->headset);
    json_object_set_boolean_member(body, "playing", state->playing);
    json_object_set_boolean_member(body, "microphone", state->microphone);
    json_object_set_boolean_member(body, "microphone_host", microphone_is_on());
    describe_text(body, "recording", state->recording);
    json_object_set_double_member(body, "recorded_s", state->recorded_s);
    describe_text(body, "speaking", state->speaking);
    return body;
}

static gboolean answer(gpointer data)
{
    struct audio_call *call = data;

    if (!call->found) {
        request_fail(call->request, "bad-state", "the board has no sound part");
    } else if (call->wrong) {
        request_fail(call->request, "io", "%s", call->wrong);
    } else {
        request_ok(call->request, describe(&call->state));
    }
    free_call(call);
    return G_SOURCE_REMOVE;
}

/* What is asked for; NULL, or what went wrong. */
static char *act(const struct audio_call *call)
{
    char *wrong;

    if (!call->action) {
        return sound_headset(call->in);
    }
    if (strcmp(call->action, "record") == 0) {
        return sound_record(call->file);
    }
    if (strcmp(call->action, "play") == 0) {
        return sound_speak(call->file);
    }
    if (strcmp(call->action, "stop") == 0) {
        wrong = sound_record(NULL);
        return wrong ? wrong : sound_speak(NULL);
    }
    return NULL;
}

/* Machine's thread. */
static void on_machine(void *opaque)
{
    struct audio_call *call = opaque;

    call->found = sound_read(&call->state);
    if (call->found) {
        call->wrong = act(call);
        sound_state_clear(&call->state);
        sound_read(&call->state);
    }
    phone_invoke(call->request->server->config.phone, answer, call);
}

/* Opening a device may take seconds: a thread of its own. */
static gpointer set_microphone(gpointer data)
{
    struct audio_call *call = data;
    g_autoptr(GError) error = NULL;

    if (microphone_set(call->in, &error)) {
        machine_call(on_machine, call);
    } else {
        call->found = true;
        call->wrong = g_strdup(error->message);
        phone_invoke(call->request->server->config.phone, answer, call);
    }
    return NULL;
}

static void begin(struct request *request, const char *action, const char *file, bool in)
{
    struct audio_call *call;

    if (!request_has_machine(request)) {
        return;
    }
    call = g_new0(struct audio_call, 1);
    call->request = request;
    call->action = g_strdup(action);
    call->file = g_strdup(file);
    call->in = in;
    if (g_strcmp0(action, "microphone") == 0) {
        g_thread_unref(g_thread_new("microphone", set_microphone, call));
    } else {
        machine_call(on_machine, call);
    }
}

void verb_audio(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    const char *file = args_string(request->args, "file", NULL);
    const char *microphone = args_string(request->args, "microphone", NULL);
    const bool takes = strcmp(action, "record") == 0 || strcmp(action, "play") == 0;
    const bool sets = strcmp(action, "microphone") == 0;

    if (takes != (file != NULL)) {
        request_fail(request, "bad-request", takes ? "%s: name a file" : "%s takes no file",
                     action);
        return;
    }
    if (sets != (microphone != NULL)) {
        request_fail(request, "bad-request",
                     sets ? "%s: say host or off" : "%s takes no host or off", action);
        return;
    }
    begin(request, action, file, sets && strcmp(microphone, "host") == 0);
}

void verb_headset(struct request *request)
{
    begin(request, NULL, NULL, strcmp(args_string(request->args, "state", ""), "in") == 0);
}
