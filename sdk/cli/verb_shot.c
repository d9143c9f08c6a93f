/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth shot */
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"
#include "say.h"

/* The picture comes in the reply. */
static int to_output(const struct cli *cli, JsonObject *request)
{
    g_autoptr(JsonObject) reply = NULL;
    gsize length = 0;

    json_object_remove_member(request, "file");
    int code = cli_call(cli, request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        print_json(reply);
        return EXIT_DONE;
    }
    g_autofree guchar *png = g_base64_decode(print_text_of(reply, "png", ""), &length);
    if (length == 0) {
        say("the phone's answer has no picture");
        return EXIT_REFUSED;
    }
    output_bytes(png, length);
    return EXIT_DONE;
}

int cli_shot(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
             const struct parsed *parsed)
{
    return strcmp(print_text_of(parsed->request, "file", ""), "-") == 0
               ? to_output(cli, parsed->request)
               : cli_do(cli, parsed->request);
}
