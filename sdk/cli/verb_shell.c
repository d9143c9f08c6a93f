/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth shell */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "command.h"
#include "guest.h"
#include "print.h"

static void notice(int number G_GNUC_UNUSED)
{
}

/* The terminal passes each key on; SIGWINCH interrupts waiting. */
static void make_raw(struct termios *before)
{
    const struct sigaction action = {.sa_handler = notice};
    struct termios raw = *before;

    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    sigaction(SIGWINCH, &action, NULL);
}

/* The kind of this terminal, if it can stand in the name of adbd's service. */
static const char *kind_of_terminal(void)
{
    const char *kind = g_getenv("TERM");

    return kind != NULL && kind[0] != '\0' && strpbrk(kind, ",:") == NULL ? kind : "dumb";
}

/* The words as one line, as ssh and adb do it: what is quoted for the persona is quoted twice. */
static char *line_of(JsonObject *own)
{
    g_autoptr(GString) line = g_string_new(NULL);
    JsonArray *words = json_object_has_member(own, "command")
                           ? json_object_get_array_member(own, "command")
                           : NULL;

    for (guint i = 0; words != NULL && i < json_array_get_length(words); i++) {
        g_string_append_printf(line, "%s%s", i > 0 ? " " : "",
                               json_array_get_string_element(words, i));
    }
    return words ? g_string_free(g_steal_pointer(&line), FALSE) : NULL;
}

int cli_shell(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
              const struct parsed *parsed)
{
    g_autoptr(guest) guest = NULL;
    g_autofree char *line = line_of(parsed->own);
    struct termios before;
    gboolean terminal = line == NULL && tcgetattr(STDIN_FILENO, &before) == 0;
    const struct adb_command run = {.line = line,
                                    .terminal = terminal ? kind_of_terminal() : NULL,
                                    .input = STDIN_FILENO,
                                    .output = guest_pass_on};
    int status;
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);

    if (code != EXIT_DONE) {
        return code;
    }
    if (terminal) {
        make_raw(&before);
    }
    code = guest_run(guest, &run, &status);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    }
    return code == EXIT_DONE ? status : code;
}
