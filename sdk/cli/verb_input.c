/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth tap, swipe, touch, key, text, button, power */
#include "cli.h"

enum { NO_MS = G_MININT, SCREEN_MAX = 65535 }; /* the phone knows its real limits */

/* Sets members of request from arguments, all of them whole numbers. */
static gboolean set_numbers(JsonObject *request, const char *const *names, char **argv)
{
    for (int i = 0; names[i] != NULL; i++) {
        gint64 value;
        if (!cli_number(argv[0], names[i], argv[i + 1], 0, SCREEN_MAX, &value)) {
            return FALSE;
        }
        json_object_set_int_member(request, names[i], value);
    }
    return TRUE;
}

/* A verb whose arguments are numbers called names, with one optional duration in ms. */
static int numbers_verb(const struct cli *cli, const char *const *names, const char *option,
                        const char *member, int argc, char **argv)
{
    int ms = NO_MS;
    const GOptionEntry entries[] = {
        {option, 0, 0, G_OPTION_ARG_INT, &ms, NULL, NULL},
        {0},
    };

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    if (argc - 1 != (int)g_strv_length((char **)names)) {
        return cli_usage(argv[0], "needs %u numbers", g_strv_length((char **)names));
    }
    g_autoptr(JsonObject) request = cli_request(argv[0]);
    if (!set_numbers(request, names, argv)) {
        return EXIT_USAGE;
    }
    if (ms != NO_MS) {
        json_object_set_int_member(request, member, ms);
    }
    return cli_do(cli, json_object_ref(request));
}

int cli_tap(const struct cli *cli, int argc, char **argv)
{
    static const char *const names[] = {"x", "y", NULL};

    return numbers_verb(cli, names, "hold", "hold_ms", argc, argv);
}

int cli_swipe(const struct cli *cli, int argc, char **argv)
{
    static const char *const names[] = {"x1", "y1", "x2", "y2", NULL};

    return numbers_verb(cli, names, "duration", "duration_ms", argc, argv);
}

int cli_touch(const struct cli *cli, int argc, char **argv)
{
    static const char *const names[] = {"x", "y", NULL};
    int slot = 0;
    const GOptionEntry entries[] = {
        {"slot", 0, 0, G_OPTION_ARG_INT, &slot, NULL, NULL},
        {0},
    };

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    if (argc != 4 && !(argc == 2 && strcmp(argv[1], "up") == 0)) {
        return cli_usage(argv[0], "needs down, move or up, and X Y");
    }
    g_autoptr(JsonObject) request = cli_request("touch");
    json_object_set_string_member(request, "type", argv[1]);
    json_object_set_int_member(request, "slot", slot);
    argv[1] = argv[0];
    if (argc == 4 && !set_numbers(request, names, argv + 1)) {
        return EXIT_USAGE;
    }
    return cli_do(cli, json_object_ref(request));
}

int cli_key(const struct cli *cli, int argc, char **argv)
{
    g_autofree char *action = NULL;
    const GOptionEntry entries[] = {
        {"action", 0, 0, G_OPTION_ARG_STRING, &action, NULL, NULL},
        {0},
    };

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    if (argc != 2) {
        return cli_usage(argv[0], "needs one key");
    }
    JsonObject *request = cli_request("key");
    gint64 code;
    if (g_ascii_string_to_signed(argv[1], 10, 10, 767, &code, NULL)) {
        json_object_set_int_member(request, "key", code);
    } else {
        json_object_set_string_member(request, "key", argv[1]);
    }
    if (action != NULL) {
        json_object_set_string_member(request, "action", action);
    }
    return cli_do(cli, request);
}

int cli_text(const struct cli *cli, int argc, char **argv)
{
    if (argc != 2) {
        return cli_usage(argv[0], "needs one argument; quote it");
    }
    JsonObject *request = cli_request("text");
    json_object_set_string_member(request, "text", argv[1]);
    return cli_do(cli, request);
}

int cli_button(const struct cli *cli, int argc, char **argv)
{
    int hold = NO_MS;
    g_autofree char *action = NULL;
    const GOptionEntry entries[] = {
        {"hold", 0, 0, G_OPTION_ARG_INT, &hold, NULL, NULL},
        {"action", 0, 0, G_OPTION_ARG_STRING, &action, NULL, NULL},
        {0},
    };

    if (!cli_options(&argc, &argv, entries)) {
        return EXIT_USAGE;
    }
    if (argc != 2) {
        return cli_usage(argv[0], "needs one button");
    }
    JsonObject *request = cli_request("button");
    json_object_set_string_member(request, "button", argv[1]);
    if (hold != NO_MS) {
        json_object_set_int_member(request, "hold_ms", hold);
    }
    if (action != NULL) {
        json_object_set_string_member(request, "action", action);
    }
    return cli_do(cli, request);
}

int cli_power(const struct cli *cli, int argc, char **argv)
{
    return argc > 1 ? cli_usage(argv[0], "needs no argument") : cli_do(cli, cli_request("power"));
}
