/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * booth text: what a US keyboard has is typed on the phone's keyboard. With any other character
 * among it, all of it is typed in the persona, on a keyboard of its compositor that has just these.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "guest.h"
#include "output.h"
#include "print.h"
#include "session.h"

/* A window needs a moment to see that there is another keyboard. */
#define TYPE "need wtype\nuser wtype -s 300 -d 10 -- \"$text\" || die 'it cannot be typed'\n"

static gboolean has_keys(const char *text)
{
    for (; *text != '\0'; text++) {
        if (!g_ascii_isprint(*text) && strchr("\n\t\b", *text) == NULL) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean is_typable(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar character = g_utf8_get_char(text);
        if (g_unichar_iscntrl(character) && character != '\n' && character != '\t') {
            return FALSE;
        }
    }
    return TRUE;
}

static int type_inside(const struct cli *cli, const char *text, double seconds)
{
    g_autoptr(guest) guest = NULL;
    g_autofree char *quoted = g_shell_quote(text);
    g_autofree char *line = g_strdup_printf(SESSION "text=%s\n" TYPE, quoted);
    const struct adb_command run = {
        .line = line, .input = -1, .silence = (guint)MAX(1, seconds), .output = guest_pass_on};
    int status;
    int code = guest_open(cli, NULL, &guest);

    if (code == EXIT_DONE) {
        code = guest_run(guest, &run, &status);
    }
    if (code == EXIT_DONE && status != 0) {
        code = EXIT_REFUSED;
    }
    if (code == EXIT_DONE && cli->json) {
        g_autoptr(JsonObject) done = json_object_new();
        json_object_set_int_member(done, "typed", g_utf8_strlen(text, -1));
        print_json(done);
    }
    return code;
}

int cli_text(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *text = print_text_of(parsed->request, "text", "");

    if (has_keys(text)) {
        return command_call(cli, command, parsed->request);
    }
    if (!is_typable(text)) {
        return cli_usage(command->name, "there is a character in it that no key types");
    }
    return type_inside(cli, text,
                       json_object_get_double_member_with_default(parsed->request, "timeout", 60));
}
