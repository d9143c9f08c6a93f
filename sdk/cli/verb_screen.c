/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth switch, view, shot */
#include "cli.h"

#include <stdio.h>

static int one_word(const struct cli *cli, const char *member, int argc, char **argv)
{
    g_autoptr(JsonObject) reply = NULL;

    if (argc != 2) {
        return cli_usage(argv[0], "needs one argument");
    }
    JsonObject *request = cli_request(argv[0]);
    json_object_set_string_member(request, member, argv[1]);
    int code = cli_call(cli, request, &reply);
    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        cli_print_json(reply);
    } else {
        printf("shown after %.1f ms\n",
               (double)json_object_get_int_member_with_default(reply, "us", 0) / 1000);
    }
    return EXIT_DONE;
}

int cli_switch(const struct cli *cli, int argc, char **argv)
{
    return one_word(cli, "to", argc, argv);
}

int cli_view(const struct cli *cli, int argc, char **argv)
{
    return one_word(cli, "mode", argc, argv);
}

int cli_shot(const struct cli *cli, int argc, char **argv)
{
    if (argc != 2) {
        return cli_usage(argv[0], "needs the name of the file to write");
    }
    g_autofree char *path = g_canonicalize_filename(argv[1], NULL);
    JsonObject *request = cli_request("shot");
    json_object_set_string_member(request, "file", path);
    return cli_do(cli, request);
}
