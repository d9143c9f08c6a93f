/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth snapshot */
#include <glib/gstdio.h>
#include <string.h>

#include "choose.h"
#include "command.h"
#include "emulator.h"
#include "io_watch.h"
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

/* ---- How far it is ----------------------------------------------------------------------------
 */

/* What has to be asked first, to know how much an export reads; NULL: it is no export. */
static JsonObject *about_of(JsonObject *request)
{
    JsonObject *about = NULL;

    if (strcmp(print_text_of(request, "action", ""), "export") == 0) {
        about = cli_request("snapshot");
        json_object_set_string_member(about, "action", "show");
        json_object_set_string_member(about, "name", print_text_of(request, "name", ""));
    }
    return about;
}

/* How many bytes the request reads; 0: it takes no time, or nobody knows. */
static gint64 bytes_of(JsonObject *request, JsonObject *about)
{
    const char *file = print_text_of(request, "file", NULL);
    JsonArray *all = about && json_object_has_member(about, "snapshots")
                         ? json_object_get_array_member(about, "snapshots")
                         : NULL;
    GStatBuf info;

    if (strcmp(print_text_of(request, "action", ""), "import") == 0) {
        return file && g_stat(file, &info) == 0 ? info.st_size : 0;
    }
    return all && json_array_get_length(all) == 1
               ? json_object_get_int_member_with_default(json_array_get_object_element(all, 0),
                                                         "bytes", 0)
               : 0;
}

static JsonObject *call_watched(booth_client *client, JsonObject *request, GError **error)
{
    g_autoptr(JsonObject) about = about_of(request);
    g_autoptr(JsonObject) answer = about ? booth_client_call(client, about, NULL) : NULL;
    const gint64 bytes = bytes_of(request, answer);
    g_autoptr(JsonObject) status = bytes > 0 ? cli_request("status") : NULL;
    g_autoptr(JsonObject) state = status ? booth_client_call(client, status, NULL) : NULL;
    struct io_watch watch;

    io_watch_begin(&watch,
                   state ? (int)json_object_get_int_member_with_default(state, "pid", 0) : 0,
                   print_text_of(request, "name", ""), bytes);
    JsonObject *reply = booth_client_call(client, request, error);
    io_watch_end(&watch);
    return reply;
}

/* ---- Whom to ask ------------------------------------------------------------------------------
 */

/* The reply of the phone that runs. NULL and `error`. */
static JsonObject *ask_phone(const struct cli *cli, const struct parsed *parsed,
                             booth_client **client, GError **error)
{
    g_autofree char *path = cli_socket(cli);

    *client = booth_client_new(path, error);
    return *client ? call_watched(*client, parsed->request, error) : NULL;
}

/* The handset is left as it is: an installed one will do, of which the user need have none yet. */
static gboolean only_looks(const char *action)
{
    return strcmp(action, "list") == 0 || strcmp(action, "show") == 0;
}

/* The emulator's reply about a handset that no phone need run from; NULL: the default one. */
static JsonObject *ask_emulator(const struct cli *cli, const char *handset, JsonObject *request,
                                GError **error)
{
    g_autoptr(handset_place) place = only_looks(print_text_of(request, "action", ""))
                                         ? choose_handset(cli, handset, error)
                                         : choose_own_handset(cli, handset, error);

    if (place == NULL) {
        return NULL;
    }
    g_autoptr(JsonObject) about = about_of(request);
    g_autoptr(JsonObject) answer = about ? emulator_answer(place->dir, about, NULL) : NULL;
    return emulator_answer_watched(place->dir, request, print_text_of(request, "name", ""),
                                   bytes_of(request, answer), error);
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
