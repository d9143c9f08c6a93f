/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth wait: with a bar on a terminal. */
#include "command.h"
#include "print.h"
#include "progress.h"

static void on_event(gpointer data, JsonObject *event)
{
    const gint64 percent = json_object_get_int_member_with_default(event, "progress", 0);

    progress_show(data, (double)percent / 100, print_text_of(event, "headline", ""));
}

/* What comes before the first event. */
static void show_now(booth_client *client, struct progress *progress)
{
    g_autoptr(JsonObject) status = cli_request("status"), reply = NULL;
    g_autoptr(JsonObject) subscribe = cli_request("subscribe"), subscribed = NULL;
    JsonArray *events = json_array_new();

    json_array_add_string_element(events, "progress");
    json_object_set_array_member(subscribe, "events", events);
    booth_client_watch(client, on_event, progress);
    subscribed = booth_client_call(client, subscribe, NULL);
    reply = booth_client_call(client, status, NULL);
    if (reply) {
        on_event(progress, reply);
    }
}

int cli_wait(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    g_autofree char *path = cli_socket(cli);
    g_autoptr(GError) error = NULL;
    g_autoptr(booth_client) client = NULL;
    g_autoptr(JsonObject) reply = NULL;
    struct progress progress;

    progress_begin(&progress);
    if (!progress.shown) {
        return command_call(cli, command, parsed->request);
    }
    client = booth_client_new(path, &error);
    if (client) {
        show_now(client, &progress);
        reply = booth_client_call(client, parsed->request, &error);
        progress_end(&progress);
    }
    if (reply == NULL) {
        return cli_fail(error);
    }
    if (cli->json) {
        print_json(reply);
    } else {
        print_template(command->prints, reply);
    }
    return EXIT_DONE;
}
