/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth stop, booth vm stop */
#include <string.h>

#include "command.h"
#include "print.h"
#include "say.h"

/* From the phone's answer to the end of its process: a slow disk has gigabytes to write. */
enum { END_SECONDS = 180 };

/* Prints whom the phone waits for, when that is something else than before. */
static void show_progress(gpointer data, JsonObject *event)
{
    char **last = data;
    const char *headline = print_text_of(event, "headline", NULL);

    if (headline != NULL && g_str_has_prefix(headline, "shutting down") &&
        g_strcmp0(headline, *last) != 0) {
        say("%s", headline);
        g_free(*last);
        *last = g_strdup(headline);
    }
}

static gboolean watch_progress(booth_client *client, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("subscribe");
    JsonArray *events = json_array_new();

    json_array_add_string_element(events, "progress");
    json_object_set_array_member(request, "events", events);
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    return reply != NULL;
}

static void tell_cut(const char *name)
{
    say("%s has not shut down in time: switched off", name);
}

/* A reply without the member says nothing. */
static void tell_all_cut(JsonObject *reply)
{
    JsonArray *names =
        json_object_has_member(reply, "cut") ? json_object_get_array_member(reply, "cut") : NULL;

    for (guint i = 0; names != NULL && i < json_array_get_length(names); i++) {
        tell_cut(json_array_get_string_element(names, i));
    }
}

void cli_print_vm(JsonObject *reply)
{
    if (json_object_get_boolean_member_with_default(reply, "cut", FALSE)) {
        tell_cut(print_text_of(json_object_get_object_member(reply, "vm"), "name", "it"));
    }
}

/* Returns when the phone has ended: its disks are flushed and another can take its name. */
int cli_stop(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
             const struct parsed *parsed)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autofree char *last = NULL;
    g_autoptr(booth_client) client = booth_client_new(path, &error);

    if (client == NULL || !watch_progress(client, &error)) {
        return cli_fail(error);
    }
    booth_client_watch(client, show_progress, &last);
    g_autoptr(JsonObject) reply = booth_client_call(client, parsed->request, &error);
    if (reply == NULL || !booth_client_wait_end(client, END_SECONDS, &error)) {
        return cli_fail(error);
    }
    if (cli->json) {
        print_json(reply);
    } else {
        tell_all_cut(reply);
    }
    return EXIT_DONE;
}
