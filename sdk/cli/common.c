/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "../handset/error.h"
#include "../pack/error.h"
#include "cli.h"
#include "output.h"
#include "print.h"
#include "say.h"

JsonObject *cli_request(const char *verb)
{
    JsonObject *request = json_object_new();

    if (verb != NULL) {
        json_object_set_string_member(request, "verb", verb);
    }
    return request;
}

const char *cli_name(const struct cli *cli)
{
    return cli->name ? cli->name : cli->settings.name;
}

char *cli_socket(const struct cli *cli)
{
    return cli->control ? g_strdup(cli->control) : booth_socket_path(cli_name(cli));
}

static int status_of(const GError *error)
{
    if (error->domain == HANDSET_ERROR && error->code != HANDSET_ERROR_FAILED) {
        return error->code == HANDSET_ERROR_WRONG ? EXIT_USAGE : EXIT_REFUSED;
    }
    if (error->domain == PACK_ERROR) {
        return EXIT_REFUSED;
    }
    if (error->domain != BOOTH_ERROR) {
        return EXIT_LOCAL;
    }
    if (error->code == BOOTH_ERROR_CONNECT || error->code == BOOTH_ERROR_PROTOCOL) {
        return EXIT_NO_PHONE;
    }
    for (const struct error_word *word = error_words; word->word != NULL; word++) {
        if ((gint)word->code == error->code) {
            return word->status;
        }
    }
    return EXIT_REFUSED;
}

int cli_fail(const GError *error)
{
    say("%s", error->message);
    return status_of(error);
}

int cli_call(const struct cli *cli, JsonObject *request, JsonObject **reply)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);

    *reply = client ? booth_client_call(client, request, &error) : NULL;
    return *reply ? EXIT_DONE : cli_fail(error);
}

int cli_do(const struct cli *cli, JsonObject *request)
{
    g_autoptr(JsonObject) reply = NULL;
    int code = cli_call(cli, request, &reply);

    if (code == EXIT_DONE && cli->json) {
        print_json(reply);
    }
    return code;
}

int cli_usage(const char *command, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    say_usage(command, text);
    return EXIT_USAGE;
}
