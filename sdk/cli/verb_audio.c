/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth audio, booth headset */
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"

static gboolean is(JsonObject *reply, const char *member)
{
    return json_object_get_boolean_member_with_default(reply, member, FALSE);
}

void cli_print_audio(JsonObject *reply)
{
    const char *recording = print_text_of(reply, "recording", NULL);
    const char *speaking = print_text_of(reply, "speaking", NULL);

    output_printf("output %s, %s, microphone %s\n", print_text_of(reply, "output", "?"),
                  is(reply, "playing") ? "playing" : "silent",
                  is(reply, "microphone") ? "in use" : "off");
    if (recording) {
        output_printf("recording %s: %.1f s\n", recording,
                      json_object_get_double_member_with_default(reply, "recorded_s", 0));
    }
    if (speaking) {
        output_printf("the microphone hears %s\n", speaking);
    } else if (is(reply, "microphone_host")) {
        output_printf("the microphone hears this computer's\n");
    }
}

/* A file, or after `microphone` host or off. */
int cli_audio(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *what = print_text_of(parsed->own, "what", NULL);

    if (what != NULL && strcmp(print_text_of(parsed->request, "action", ""), "microphone") == 0) {
        json_object_set_string_member(parsed->request, "microphone", what);
    } else if (what != NULL) {
        g_autofree char *path = g_canonicalize_filename(what, NULL);

        json_object_set_string_member(parsed->request, "file", path);
    }
    return command_call(cli, command, parsed->request);
}
