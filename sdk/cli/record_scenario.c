/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "record_scenario.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "../lib/link.h"
#include "../scenario/recorder.h"
#include "output.h"
#include "print.h"
#include "record_eyes.h"

#define HEAD                                                                               \
    "# Recorded by 'booth test --record'. Add what must come of it: assert, output, log, " \
    "screen.\n"                                                                            \
    "start --clean\nwait\n"

struct recording {
    GMainLoop *loop;
    struct recorder *recorder;
    struct eyes *eyes;
    GString *text;
    guint steps;
    GError *error;
};

static void on_line(gpointer data, const char *line)
{
    struct recording *recording = data;

    g_string_append_printf(recording->text, "%s\n", line);
    recording->steps++;
    fprintf(stderr, "%s\n", line);
}

static void on_look(gpointer data, double time, int x, int y, char **text, char **landmark)
{
    struct recording *recording = data;

    eyes_look(recording->eyes, time, x, y, text, landmark);
}

static void on_event(gpointer data, JsonObject *event)
{
    struct recording *recording = data;

    recorder_take(recording->recorder, event, (double)g_get_monotonic_time() / G_USEC_PER_SEC);
}

/* The phone's end ends it, too. */
static void on_closed(gpointer data, const GError *why G_GNUC_UNUSED)
{
    struct recording *recording = data;

    g_main_loop_quit(recording->loop);
}

static void on_subscribed(gpointer data, JsonObject *reply, const GError *error)
{
    struct recording *recording = data;

    if (reply == NULL && recording->error == NULL) {
        recording->error = g_error_copy(error);
        g_main_loop_quit(recording->loop);
    } else if (reply) {
        fprintf(stderr, "recording; Ctrl-C ends it\n");
    }
}

static gboolean on_signal(gpointer data)
{
    struct recording *recording = data;

    g_main_loop_quit(recording->loop);
    return G_SOURCE_CONTINUE;
}

static void subscribe(booth_link *link, struct recording *recording)
{
    static const char *const names[] = {"input", "request", "front", "attitude", "view", "display"};
    g_autoptr(JsonObject) request = cli_request("subscribe");
    JsonArray *events = json_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        json_array_add_string_element(events, names[i]);
    }
    json_object_set_array_member(request, "events", events);
    booth_link_call(link, request, on_subscribed, recording);
}

static gboolean follow(struct recording *recording, const char *path, GError **error)
{
    const struct booth_link_events events = {on_event, on_closed, recording};
    booth_link *link = booth_link_new(path, &events, error);
    guint interrupt, terminate;

    if (link == NULL) {
        return FALSE;
    }
    recording->eyes = eyes_new(path, error);
    if (recording->eyes) {
        interrupt = g_unix_signal_add(SIGINT, on_signal, recording);
        terminate = g_unix_signal_add(SIGTERM, on_signal, recording);
        subscribe(link, recording);
        g_main_loop_run(recording->loop);
        g_source_remove(interrupt);
        g_source_remove(terminate);
        recorder_flush(recording->recorder);
        eyes_free(recording->eyes);
    }
    booth_link_free(link);
    if (recording->error) {
        g_propagate_error(error, g_steal_pointer(&recording->error));
        return FALSE;
    }
    return recording->eyes != NULL;
}

int record_scenario(const struct cli *cli, const char *file)
{
    struct recording recording = {
        .loop = g_main_loop_new(NULL, FALSE),
        .text = g_string_new(HEAD),
    };
    const struct recorder_listener listener = {on_line, on_look, &recording};
    g_autofree char *path = cli_socket(cli);
    g_autoptr(GError) error = NULL;

    recording.recorder = recorder_new(&listener);
    gboolean done = follow(&recording, path, &error) &&
                    g_file_set_contents(file, recording.text->str, -1, &error);
    if (done && cli->json) {
        g_autoptr(JsonObject) result = print_new_result();
        json_object_set_string_member(result, "file", file);
        json_object_set_int_member(result, "steps", recording.steps);
        print_json(result);
    } else if (done) {
        output_printf("%s: %u steps\n", file, recording.steps);
    }
    recorder_free(recording.recorder);
    g_string_free(recording.text, TRUE);
    g_main_loop_unref(recording.loop);
    return done ? EXIT_DONE : cli_fail(error);
}
