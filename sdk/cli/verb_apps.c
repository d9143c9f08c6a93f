/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth apps, booth launch, booth kill */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../app/manifest.h"
#include "command.h"
#include "guest.h"
#include "output.h"
#include "print.h"
#include "share.h"

#define TOOL "/var/lib/phonebooth/phonebooth-app"

/* ---- What is installed ------------------------------------------------------------------------
 */

/* Flatpaks in the same form; what they may do is flatpak's matter. */
#define FLATPAK_LIST                                                                           \
    "command -v flatpak > /dev/null || exit 0\n"                                               \
    "running=$(runuser -u phone -- env XDG_RUNTIME_DIR=/run/user/1000 flatpak ps \\\n"         \
    "  --columns=application)\n"                                                               \
    "LC_ALL=C flatpak list --system --app --columns=application,version,name |\n"              \
    "awk -F '\\t' -v OFS='\\t' -v running=\"$running\" '\n"                                    \
    "  BEGIN { n = split(running, ids, \"\\n\"); while (n) runs[ids[n--]] = 1 }\n"             \
    "  { print $1, $2 ? $2 : \"-\", $1 in runs ? \"active\" : \"inactive\", \"flatpak\", $3, " \
    "\"\" }'\n"

enum field { ID, VERSION, STATE, PERMISSIONS, NAME, SIGNER, FIELDS };

enum { SIGNER_SHOWN = 16 }; /* digits of the key */

/* What systemd says of a unit, in fewer words. */
static const char *state_of(const char *word)
{
    return strcmp(word, "active") == 0 || strcmp(word, "activating") == 0 ? "running"
           : strcmp(word, "failed") == 0                                  ? "failed"
                                                                          : "stopped";
}

static JsonObject *app_of(char **fields)
{
    JsonObject *app = json_object_new();
    JsonArray *permissions = json_array_new();
    g_auto(GStrv) words = g_strsplit(fields[PERMISSIONS], ";", -1);

    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0') {
            json_array_add_string_element(permissions, *word);
        }
    }
    json_object_set_string_member(app, "id", fields[ID]);
    json_object_set_string_member(app, "version", fields[VERSION]);
    json_object_set_string_member(app, "state", state_of(fields[STATE]));
    json_object_set_array_member(app, "permissions", permissions);
    json_object_set_string_member(app, "name", fields[NAME]);
    if (fields[SIGNER][0] != '\0') {
        json_object_set_string_member(app, "signer", fields[SIGNER]);
    } else {
        json_object_set_null_member(app, "signer");
    }
    return app;
}

static void print_app(char **fields)
{
    output_printf("%-32s %-10s %-8s %-*.*s %s\n", fields[ID], fields[VERSION],
                  state_of(fields[STATE]), SIGNER_SHOWN, SIGNER_SHOWN,
                  fields[SIGNER][0] ? fields[SIGNER] : "-", fields[PERMISSIONS]);
}

static void print_apps(const char *text, gboolean json)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(JsonObject) all = json_object_new();
    JsonArray *apps = json_array_new();

    json_object_set_array_member(all, "apps", apps);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);
        if (g_strv_length(fields) != FIELDS || !g_utf8_validate(*line, -1, NULL)) {
            continue;
        }
        if (json) {
            json_array_add_object_element(apps, app_of(fields));
        } else {
            print_app(fields);
        }
    }
    if (json) {
        print_json(all);
    }
}

int cli_apps(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
             const struct parsed *parsed)
{
    g_autoptr(guest) guest = NULL;
    g_autofree char *text = NULL;
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);

    if (code == EXIT_DONE) {
        code = guest_ask(guest, "[ ! -e " TOOL " ] || " TOOL " list\n" FLATPAK_LIST, &text);
    }
    if (code == EXIT_DONE) {
        print_apps(text, cli->json);
    }
    return code;
}

/* ---- Starting and stopping --------------------------------------------------------------------
 */

/* An app can be a Flatpak as well: it runs in the session of the phone's user. */
#define FLATPAK                                                         \
    "user() { systemd-run -q --user --machine=phone@ \"$@\"; }\n"       \
    "is_flatpak() { [ ! -e /var/lib/phonebooth/apps/$id/app.ini ] &&\n" \
    "  command -v flatpak > /dev/null && flatpak info --system $id > /dev/null 2>&1; }\n"

/* `input`: what the line reads, -1: nothing. */
static int act(const struct cli *cli, const struct command *command, const struct parsed *parsed,
               const char *what, int input)
{
    const char *id = print_text_of(parsed->own, "id", "");
    g_autoptr(guest) guest = NULL;

    if (!manifest_is_id(id)) {
        return cli_usage(command->name, "'%s' is no app's ID, like org.example.Notes", id);
    }
    g_autofree char *line = g_strdup_printf(
        "id=%s\nunit=phonebooth-app@$id.service\n" FLATPAK
        "is_flatpak || [ -e /var/lib/phonebooth/apps/$id/app.ini ] ||\n"
        "  { echo \"booth: $id is not installed; 'booth apps' lists what is\" >&2; exit 1; }\n%s",
        id, what);
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    if (code == EXIT_DONE) {
        code = guest_ask_with(guest, line, input, NULL);
    }
    if (code == EXIT_DONE && cli->json) {
        print_result("vm", guest->vm, "id", id, NULL);
    }
    return code;
}

/* An app that runs comes to the front: by raise.py, which is this line's input. Phosh's home screen
 * stays over it if it is open: nobody outside can close that. */
#define LAUNCH                                                                                    \
    "runs() { systemctl -q is-active $unit; }\n"                                                  \
    "start() { systemctl start $unit; }\n"                                                        \
    "if is_flatpak; then\n"                                                                       \
    "  runs() { runuser -u phone -- env XDG_RUNTIME_DIR=/run/user/1000 flatpak ps "               \
    "--columns=application | grep -qx $id; }\n"                                                   \
    "  start() { user flatpak run $id; }\n"                                                       \
    "fi\n"                                                                                        \
    "runs || { start; exit; }\n"                                                                  \
    "for socket in /run/user/1000/wayland-[0-9]; do [ ! -S $socket ] || break; done\n"            \
    "setpriv --reuid=1000 --regid=1000 --init-groups --inh-caps=-all -- "                         \
    "env XDG_RUNTIME_DIR=/run/user/1000 WAYLAND_DISPLAY=${socket##*/} python3 -IS - $id\n"        \
    "case $? in\n"                                                                                \
    "0) ;;\n"                                                                                     \
    "3) echo \"booth: $id runs already, and has no window\" >&2 ;;\n"                             \
    "*) echo \"booth: $id runs already, and its window cannot be brought to the front\" >&2 ;;\n" \
    "esac\n"

int cli_launch(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    int input = share_open("raise.py");

    if (input < 0) {
        return EXIT_LOCAL;
    }
    int code = act(cli, command, parsed, LAUNCH, input);
    close(input);
    return code;
}

int cli_kill(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    return act(cli, command, parsed,
               "gone() { echo \"booth: $id does not run\" >&2; exit 1; }\n"
               "if is_flatpak; then\n"
               "  runuser -u phone -- env XDG_RUNTIME_DIR=/run/user/1000 flatpak kill $id 2> "
               "/dev/null || gone\n"
               "  exit\n"
               "fi\n"
               "systemctl -q is-active $unit || gone\n"
               "systemctl stop $unit",
               -1);
}
