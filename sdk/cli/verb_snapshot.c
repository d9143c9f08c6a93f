/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth snapshot */
#include <string.h>

#include "choose.h"
#include "command.h"
#include "emulator.h"
#include "output.h"
#include "print.h"
#include "say.h"

enum { START_SECONDS = 30 }; /* until the phone is there again */

static void print_one(JsonObject *snapshot)
{
    const char *why = print_text_of(snapshot, "why", NULL);
    gint64 bytes = json_object_get_int_member_with_default(snapshot, "bytes", 0);

    output_printf("%-20s %-27s %6.0f MiB  %s\n", print_text_of(snapshot, "name", ""),
                  print_text_of(snapshot, "time", ""), (double)bytes / (1 << 20),
                  why ? why : "can be loaded");
}

/* The phone is there again and its machine runs, or waits to be resumed. */
static gboolean runs(const struct cli *cli)
{
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, NULL);
    g_autoptr(JsonObject) request = cli_request("status");
    g_autoptr(JsonObject) reply = client ? booth_client_call(client, request, NULL) : NULL;

    return reply != NULL && strcmp(print_text_of(reply, "machine", ""), "running") == 0;
}

/* Until the phone has closed the connection: it ends. */
static void wait_closed(booth_client *client)
{
    JsonObject *event;

    while ((event = booth_client_event(client, NULL)) != NULL) {
        json_object_unref(event);
    }
}

static int wait_again(const struct cli *cli)
{
    for (int i = 0; i < START_SECONDS * 50; i++) {
        if (runs(cli)) {
            return EXIT_DONE;
        }
        g_usleep(G_USEC_PER_SEC / 50);
    }
    say("the phone does not run again within %d s", START_SECONDS);
    return EXIT_TIMEOUT;
}

/* The reply of the phone that runs. NULL and `error`. */
static JsonObject *ask_phone(const struct cli *cli, const struct parsed *parsed,
                             booth_client **client, GError **error)
{
    g_autofree char *path = cli_socket(cli);

    *client = booth_client_new(path, error);
    return *client ? booth_client_call(*client, parsed->request, error) : NULL;
}

/* The emulator's reply about a handset that no phone need run from; NULL: the default one. */
static JsonObject *ask_emulator(const struct cli *cli, const char *handset, JsonObject *request,
                                GError **error)
{
    g_autoptr(handset_place) place = choose_own_handset(cli, handset, error);

    return place ? emulator_answer(place->dir, request, error) : NULL;
}

static gboolean needs_phone(const char *action)
{
    return strcmp(action, "save") == 0 || strcmp(action, "load") == 0;
}

/*
 * The reply of the phone, or of the emulator when none runs. A phone that was named and does not
 * run is none of the build's handset: somebody else's snapshots might be meant.
 */
static JsonObject *ask(const struct cli *cli, const struct parsed *parsed, booth_client **client,
                       GError **error)
{
    const char *action = print_text_of(parsed->request, "action", "");
    const char *handset = print_text_of(parsed->own, "handset", NULL);
    g_autoptr(GError) why = NULL;
    JsonObject *reply;

    if (handset != NULL) {
        return ask_emulator(cli, handset, parsed->request, error);
    }
    reply = ask_phone(cli, parsed, client, &why);
    if (why != NULL && why->domain == BOOTH_ERROR && why->code == BOOTH_ERROR_CONNECT &&
        !needs_phone(action) && cli->name == NULL && cli->control == NULL) {
        return ask_emulator(cli, NULL, parsed->request, error);
    }
    if (why != NULL) {
        g_propagate_error(error, g_steal_pointer(&why));
    }
    return reply;
}

int cli_snapshot(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *action = print_text_of(parsed->request, "action", "");
    g_autoptr(GError) error = NULL;
    g_autoptr(booth_client) client = NULL;

    if (needs_phone(action) && json_object_has_member(parsed->own, "handset")) {
        return cli_usage(command->name,
                         "%s needs a phone that runs, --handset is of one that does not", action);
    }
    g_autoptr(JsonObject) reply = ask(cli, parsed, &client, &error);
    if (reply == NULL) {
        return cli_fail(error);
    }
    if (strcmp(action, "load") == 0) {
        wait_closed(client);
        int code = wait_again(cli);
        if (code != EXIT_DONE) {
            return code;
        }
    }
    if (cli->json) {
        print_json(reply);
    } else if (strcmp(action, "list") == 0 || strcmp(action, "show") == 0) {
        print_each(reply, "snapshots", print_one);
    }
    return EXIT_DONE;
}
