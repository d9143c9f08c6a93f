/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth console */
#include "command.h"
#include "output.h"
#include "print.h"

enum { MEMORY = 1 << 20 }; /* bytes of each log that the phone keeps in memory */

/* FALSE: it cannot be written. */
static gboolean show(JsonObject *object, gboolean json)
{
    if (json) {
        print_json(object);
    } else {
        output_text(print_text_of(object, "text", ""));
    }
    return output_flush();
}

static int follow(booth_client *client, gboolean json)
{
    g_autoptr(GError) error = NULL;

    for (;;) {
        g_autoptr(JsonObject) event = booth_client_event(client, &error);
        if (event == NULL) {
            return cli_fail(error);
        }
        if (!show(event, json)) {
            return EXIT_LOCAL;
        }
    }
}

static int type_line(const struct cli *cli, JsonObject *request, const char *text)
{
    g_autofree char *line = g_strconcat(text, "\n", NULL);

    json_object_set_string_member(request, "verb", "console-input");
    json_object_set_string_member(request, "text", line);
    return cli_do(cli, request);
}

static int read_log(const struct cli *cli, JsonObject *request, gboolean stay)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);
    g_autoptr(JsonObject) reply = client ? booth_client_call(client, request, &error) : NULL;

    if (reply == NULL) {
        return cli_fail(error);
    }
    if (!show(reply, cli->json)) {
        return EXIT_LOCAL;
    }
    return stay ? follow(client, cli->json) : EXIT_DONE;
}

int cli_console(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
                const struct parsed *parsed)
{
    const char *text = print_text_of(parsed->own, "text", NULL);
    gboolean all = json_object_has_member(parsed->own, "all");
    gboolean stay = json_object_has_member(parsed->own, "follow");

    if (text != NULL) {
        return type_line(cli, parsed->request, text);
    }
    if (all) {
        json_object_set_int_member(parsed->request, "tail", MEMORY);
    }
    if (stay) {
        json_object_set_boolean_member(parsed->request, "follow", TRUE);
    } else if (all) {
        json_object_set_int_member(parsed->request, "max", MEMORY);
    }
    return read_log(cli, parsed->request, stay);
}
