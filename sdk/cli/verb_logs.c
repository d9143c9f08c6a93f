/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth logs: a persona's journal. */
#include "../app/manifest.h"
#include "command.h"
#include "guest.h"
#include "output.h"
#include "print.h"

int cli_logs(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    g_autoptr(guest) guest = NULL;
    const char *app = print_text_of(parsed->own, "app", NULL);
    gboolean follow = json_object_has_member(parsed->own, "follow");
    gint64 lines = json_object_get_int_member_with_default(parsed->own, "lines", 100);

    if (app != NULL && !manifest_is_id(app)) {
        return cli_usage(command->name, "'%s' is no app's ID, like org.example.Notes", app);
    }
    /* of the unit, of systemd about it, and its crashes: -u leaves out those of a user's process */
    g_autofree char *unit = app ? g_strdup_printf(" _SYSTEMD_UNIT=phonebooth-app@%s.service"
                                                  " + _PID=1 UNIT=phonebooth-app@%s.service"
                                                  " + COREDUMP_UNIT=phonebooth-app@%s.service",
                                                  app, app, app)
                                : NULL;
    g_autofree char *line = g_strdup_printf("exec journalctl -q --no-pager -n %d%s%s", (int)lines,
                                            follow ? " -f" : "", unit ? unit : "");
    const struct adb_command run = {.line = line, .input = -1, .output = guest_pass_on};
    int status;
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);

    if (follow) {
        output_follow();
    }
    if (code == EXIT_DONE) {
        code = guest_run(guest, &run, &status);
    }
    return code == EXIT_DONE && status != 0 ? EXIT_REFUSED : code;
}
