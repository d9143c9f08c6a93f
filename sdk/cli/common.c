/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cli.h"

#include <stdio.h>

JsonObject *cli_request(const char *verb)
{
    JsonObject *request = json_object_new();

    json_object_set_string_member(request, "verb", verb);
    return request;
}

char *cli_socket(const struct cli *cli)
{
    return cli->control ? g_strdup(cli->control) : booth_socket_path(cli->name);
}

int cli_fail(const GError *error)
{
    fprintf(stderr, "booth: %s\n", error->message);
    if (error->domain != BOOTH_ERROR) {
        return EXIT_LOCAL;
    }
    switch (error->code) {
    case BOOTH_ERROR_CONNECT:
    case BOOTH_ERROR_PROTOCOL:
        return EXIT_NO_PHONE;
    case BOOTH_ERROR_TIMEOUT:
        return EXIT_TIMEOUT;
    case BOOTH_ERROR_BAD_REQUEST:
    case BOOTH_ERROR_NO_VM:
        return EXIT_USAGE;
    default:
        return EXIT_REFUSED;
    }
}

int cli_call(const struct cli *cli, JsonObject *request, JsonObject **reply)
{
    g_autoptr(JsonObject) owned = request;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);

    *reply = client ? booth_client_call(client, owned, &error) : NULL;
    return *reply ? EXIT_DONE : cli_fail(error);
}

int cli_do(const struct cli *cli, JsonObject *request)
{
    JsonObject *reply;
    int code = cli_call(cli, request, &reply);

    if (code == EXIT_DONE) {
        if (cli->json) {
            cli_print_json(reply);
        }
        json_object_unref(reply);
    }
    return code;
}

int cli_usage(const char *verb, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "booth %s: %s; see 'booth help %s'\n", verb, text, verb);
    return EXIT_USAGE;
}

gboolean cli_number(const char *verb, const char *what, const char *text, gint64 min, gint64 max,
                    gint64 *value)
{
    if (g_ascii_string_to_signed(text, 10, min, max, value, NULL)) {
        return TRUE;
    }
    cli_usage(verb, "%s '%s' is no whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
              what, text, min, max);
    return FALSE;
}

void cli_print_json(JsonObject *object)
{
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);

    json_node_set_object(node, object);
    g_autofree char *text = json_to_string(node, FALSE);
    puts(text);
}

gboolean cli_options(int *argc, char ***argv, const GOptionEntry *entries)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    const char *verb = (*argv)[0];

    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, argc, argv, &error)) {
        return TRUE;
    }
    cli_usage(verb, "%s", error->message);
    return FALSE;
}
