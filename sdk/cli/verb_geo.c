/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth geo */
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"

static double number(JsonObject *reply, const char *name)
{
    return json_object_get_double_member_with_default(reply, name, 0);
}

static gboolean is_true(JsonObject *reply, const char *name)
{
    return json_object_get_boolean_member_with_default(reply, name, FALSE);
}

static const char *receiver(JsonObject *reply)
{
    if (!is_true(reply, "heard")) {
        return "nobody listens";
    }
    return is_true(reply, "fix") ? "fix" : "no fix yet";
}

void cli_print_geo(JsonObject *reply)
{
    const char *mode = print_text_of(reply, "mode", "?");

    if (strcmp(mode, "off") == 0) {
        output_printf("off: no reception\n");
        return;
    }
    output_printf("%s: %.6f, %.6f, %.1f m, %.1f m/s, course %.1f, %.0f satellites; %s\n", mode,
                  number(reply, "lat"), number(reply, "lon"), number(reply, "alt"),
                  number(reply, "speed"), number(reply, "course"), number(reply, "satellites"),
                  receiver(reply));
    if (strcmp(mode, "route") == 0) {
        output_printf("route: %.0f of %.0f s\n", number(reply, "played_s"),
                      number(reply, "length_s"));
    }
}

/* A word that is a number as one, so that the phone checks its range. */
static gboolean set_number(JsonObject *request, const char *name, const char *word)
{
    char *end = NULL;
    const double value = word != NULL ? g_ascii_strtod(word, &end) : 0;

    if (word == NULL || end == word || *end != '\0') {
        return FALSE;
    }
    json_object_set_double_member(request, name, value);
    return TRUE;
}

/* fix LAT LON, route FILE: the words behind the action are its own. */
int cli_geo(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *action = print_text_of(parsed->request, "action", "show");
    const char *first = print_text_of(parsed->own, "first", NULL);
    const char *second = print_text_of(parsed->own, "second", NULL);
    const gboolean fix = strcmp(action, "fix") == 0, route = strcmp(action, "route") == 0;

    if (fix && (!set_number(parsed->request, "lat", first) ||
                !set_number(parsed->request, "lon", second))) {
        return cli_usage(command->name, "fix: give latitude and longitude in degrees, such as "
                                        "52.5163 13.3777");
    }
    if (route && (first == NULL || second != NULL)) {
        return cli_usage(command->name, "route: give a GPX or KML file");
    }
    if (!fix && !route && first != NULL) {
        return cli_usage(command->name, "%s: stands alone", action);
    }
    if (route) {
        g_autofree char *path = g_canonicalize_filename(first, NULL);
        json_object_set_string_member(parsed->request, "file", path);
    }
    return command_call(cli, command, parsed->request);
}
