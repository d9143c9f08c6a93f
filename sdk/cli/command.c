/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "output.h"
#include "print.h"
#include "say.h"

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

int command_call(const struct cli *cli, const struct command *command, JsonObject *request)
{
    g_autoptr(JsonObject) reply = NULL;
    int code = cli_call(cli, request, &reply);

    if (code != EXIT_DONE) {
        return code;
    }
    if (cli->json) {
        print_json(reply);
    } else if (command->printer) {
        command->printer(reply);
    } else if (command->prints) {
        print_template(command->prints, reply);
    }
    return EXIT_DONE;
}

/* One line is on stderr if the settings are wrong. */
static gboolean read_settings(struct cli *cli, const struct command *command)
{
    g_autoptr(GError) error = NULL;

    if (command->unset || settings_read(&cli->settings, &error)) {
        return TRUE;
    }
    say("%s", error->message);
    return FALSE;
}

static int run_parsed(struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    int code = EXIT_LOCAL;

    if (read_settings(cli, command)) {
        code = command->run ? command->run(cli, command, parsed)
                            : command_call(cli, command, parsed->request);
    }
    settings_clear(&cli->settings);
    return code;
}

int command_run(struct cli *cli, const struct command *command, int argc, char **argv)
{
    struct parsed parsed;
    int code = EXIT_USAGE;

    switch (command_parse(command, argc, argv, &parsed, &cli->json)) {
    case PARSE_DONE:
        code = run_parsed(cli, command, &parsed);
        break;
    case PARSE_HELP:
        output_text(command->help);
        code = EXIT_DONE;
        break;
    case PARSE_WRONG:
        break;
    }
    parsed_clear(&parsed);
    return code;
}
