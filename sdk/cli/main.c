/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth: the command line of Phonebooth, a client of the control API. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"
#include "say.h"
#include "version.h"

/* Free it with g_free(). */
static char *overview(void)
{
    GString *text = g_string_new(
        "usage: booth [--name NAME | --control SOCKET] [--json] VERB [ARGUMENT...]\n\n");

    for (const struct command *command = commands; command->name != NULL; command++) {
        g_string_append_printf(text, "  %-9s %s\n", command->name, command->summary);
    }
    g_string_append_printf(
        text,
        "  help      [VERB]: this, or more about one verb\n"
        "  version   of booth\n\n"
        "  --name NAME       the phone of that name ('default' without it)\n"
        "  --control SOCKET  the phone with that control socket\n"
        "  --json            the result, or what went wrong, as one line of JSON\n\n"
        "Exit codes:\n%s",
        commands_exits);
    return g_string_free(text, FALSE);
}

static int unknown_command(const char *name)
{
    say("no %s '%s'; 'booth help' lists them", name[0] == '-' ? "option" : "verb", name);
    return EXIT_USAGE;
}

static int help(int argc, char **argv)
{
    g_autofree char *text = overview();
    const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;

    if (argc > 1 && command == NULL) {
        return unknown_command(argv[1]);
    }
    output_text(command ? command->help : text);
    return EXIT_DONE;
}

/* --json stands before the verb, or among its words: what is wrong with them is an object, too. */
static gboolean wants_json(const struct cli *cli, int argc, char **argv)
{
    const struct command *command = argc > 0 ? command_find(argv[0]) : NULL;
    gboolean found = cli->json;

    for (int i = 1; command && !command->literal && i < argc && strcmp(argv[i], "--") != 0; i++) {
        found = found || strcmp(argv[i], "--json") == 0;
    }
    return found;
}

/* Global options stand before the command. Returns the index of the first word after them. */
static int parse_globals(struct cli *cli, int argc, char **argv)
{
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            cli->json = TRUE;
        } else if (strcmp(argv[i], "--name") == 0 && i + 1 < argc) {
            cli->name = argv[++i];
        } else if (strcmp(argv[i], "--control") == 0 && i + 1 < argc) {
            cli->control = argv[++i];
        } else {
            break;
        }
    }
    return i;
}

static gboolean is_one_of(const char *word, const char *const *words)
{
    return g_strv_contains(words, word);
}

static int run(struct cli *cli, int argc, char **argv)
{
    if (is_one_of(argv[0], (const char *const[]){"help", "--help", "-h", NULL})) {
        return help(argc, argv);
    }
    if (is_one_of(argv[0], (const char *const[]){"version", "--version", NULL})) {
        if (cli->json) {
            print_result("version", BOOTH_VERSION, NULL);
        } else {
            output_text("booth " BOOTH_VERSION "\n");
        }
        return EXIT_DONE;
    }
    if (argc == 1 && is_one_of(argv[0], (const char *const[]){"--name", "--control", NULL})) {
        say("%s needs a value and a verb after it", argv[0]);
        return EXIT_USAGE;
    }
    const struct command *command = command_find(argv[0]);
    return command ? command_run(cli, command, argc, argv) : unknown_command(argv[0]);
}

int main(int argc, char **argv)
{
    struct cli cli = {0};

    setlocale(LC_ALL, "");
    output_init();
    int first = parse_globals(&cli, argc, argv);
    cli.json = wants_json(&cli, argc - first, argv + first);
    if (cli.json) {
        output_as_json();
    }
    if (first >= argc) {
        g_autofree char *text = overview();
        fputs(text, stderr);
        return cli.json ? output_end(EXIT_USAGE) : EXIT_USAGE;
    }
    return output_end(run(&cli, argc - first, argv + first));
}
