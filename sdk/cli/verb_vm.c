/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth vm, console, pause, resume, stop */
#include "cli.h"

#include <stdio.h>
#include <unistd.h>

int cli_vm(const struct cli *cli, int argc, char **argv)
{
    if (argc != 3) {
        return cli_usage(argv[0], "needs an action and a VM");
    }
    JsonObject *request = cli_request("vm");
    json_object_set_string_member(request, "action", argv[1]);
    json_object_set_string_member(request, "vm", argv[2]);
    return cli_do(cli, request);
}

static int no_argument(const struct cli *cli, const char *verb, int argc, char **argv)
{
    return argc > 1 ? cli_usage(argv[0], "needs no argument") : cli_do(cli, cli_request(verb));
}

int cli_pause(const struct cli *cli, int argc, char **argv)
{
    return no_argument(cli, "pause", argc, argv);
}

int cli_resume(const struct cli *cli, int argc, char **argv)
{
    return no_argument(cli, "resume", argc, argv);
}

enum { STOP_SECONDS = 30 };

/* Returns when the phone has ended: its disks are flushed and another can take its name. */
int cli_stop(const struct cli *cli, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);

    if (argc > 1) {
        return cli_usage(argv[0], "needs no argument");
    }
    g_autoptr(booth_client) client = booth_client_new(path, &error);
    g_autoptr(JsonObject) request = cli_request("quit");
    g_autoptr(JsonObject) reply = client ? booth_client_call(client, request, &error) : NULL;
    if (reply == NULL || !booth_client_wait_end(client, STOP_SECONDS, &error)) {
        return cli_fail(error);
    }
    return EXIT_DONE;
}

static void print_output(JsonObject *object)
{
    const char *text = json_object_get_string_member_with_default(object, "text", "");

    fwrite(text, 1, strlen(text), stdout);
    fflush(stdout);
}

static int follow(booth_client *client)
{
    g_autoptr(GError) error = NULL;

    for (;;) {
        g_autoptr(JsonObject) event = booth_client_event(client, &error);
        if (event == NULL) {
            return cli_fail(error);
        }
        print_output(event);
    }
}

static int type_line(const struct cli *cli, const char *vm, const char *text)
{
    JsonObject *request = cli_request("console-input");
    g_autofree char *line = g_strconcat(text, "\n", NULL);

    json_object_set_string_member(request, "vm", vm);
    json_object_set_string_member(request, "text", line);
    return cli_do(cli, request);
}

static int read_console(const struct cli *cli, JsonObject *request, gboolean stay)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);
    g_autoptr(JsonObject) reply = client ? booth_client_call(client, request, &error) : NULL;

    if (reply == NULL) {
        return cli_fail(error);
    }
    if (cli->json) {
        cli_print_json(reply);
    } else {
        print_output(reply);
    }
    return stay ? follow(client) : EXIT_DONE;
}

int cli_console(const struct cli *cli, int argc, char **argv)
{
    gboolean stay = FALSE, all = FALSE;
    const GOptionEntry entries[] = {
        {"follow", 'f', 0, G_OPTION_ARG_NONE, &stay, NULL, NULL},
        {"all", 'a', 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
        {0},
    };

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    if (argc < 2 || argc > 3) {
        return cli_usage(argv[0], "needs a VM");
    }
    if (argc == 3) {
        return type_line(cli, argv[1], argv[2]);
    }
    g_autoptr(JsonObject) request = cli_request("console");
    json_object_set_string_member(request, "vm", argv[1]);
    if (all) {
        json_object_set_int_member(request, "tail", 1 << 20);
    }
    if (stay) {
        json_object_set_boolean_member(request, "follow", TRUE);
    } else if (all) {
        json_object_set_int_member(request, "max", 1 << 20);
    }
    return read_console(cli, request, stay);
}
