/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth camera */
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"

static void print_one(JsonObject *camera)
{
    const char *file = print_text_of(camera, "file", NULL);

    output_printf("%s: %s, %s\n", print_text_of(camera, "name", "?"),
                  file != NULL ? file : print_text_of(camera, "source", "?"),
                  json_object_get_boolean_member_with_default(camera, "on", FALSE) ? "in use"
                                                                                   : "not in use");
}

void cli_print_cameras(JsonObject *reply)
{
    print_each(reply, "cameras", print_one);
}

/* What it shall see: `pattern`, `off` or a file. */
int cli_camera(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *what = print_text_of(parsed->own, "what", NULL);

    if (what != NULL && (strcmp(what, "pattern") == 0 || strcmp(what, "off") == 0)) {
        json_object_set_string_member(parsed->request, "source", what);
    } else if (what != NULL) {
        g_autofree char *path = g_canonicalize_filename(what, NULL);

        json_object_set_string_member(parsed->request, "source", "file");
        json_object_set_string_member(parsed->request, "file", path);
    }
    return command_call(cli, command, parsed->request);
}
