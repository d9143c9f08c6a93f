/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth record */
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"

void cli_print_record(JsonObject *reply)
{
    const char *file = print_text_of(reply, "file", NULL);
    const char *why = print_text_of(reply, "why", NULL);
    const double seconds = json_object_get_double_member_with_default(reply, "seconds", 0);

    if (file == NULL) {
        output_printf("nothing is being recorded\n");
    } else if (json_object_get_boolean_member_with_default(reply, "recording", FALSE)) {
        output_printf("recording %s: %.1f s\n", file, seconds);
    } else {
        output_printf("%s: %.1f s, %" G_GINT64_FORMAT " frames, %.1f MB%s%s\n", file, seconds,
                      json_object_get_int_member_with_default(reply, "frames", 0),
                      (double)json_object_get_int_member_with_default(reply, "bytes", 0) / 1e6,
                      why ? "; ended early: " : "", why ? why : "");
    }
}

int cli_record(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *file = print_text_of(parsed->own, "what", NULL);

    if (file != NULL) {
        g_autofree char *path = g_canonicalize_filename(file, NULL);

        json_object_set_string_member(parsed->request, "file", path);
    }
    return command_call(cli, command, parsed->request);
}
