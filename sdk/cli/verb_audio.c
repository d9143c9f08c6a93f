/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth audio, booth headset */
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
    }
}
