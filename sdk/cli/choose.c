/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "choose.h"

#include <stdio.h>
#include <unistd.h>

#include "../handset/clone.h"
#include "output.h"
#include "say.h"

handset_place *choose_handset(const struct cli *cli, const char *what, GError **error)
{
    return places_find(what ? what : cli->settings.handset, error);
}

handset_place *choose_own_handset(const struct cli *cli, const char *what, GError **error)
{
    g_autoptr(handset_place) place = choose_handset(cli, what, error);

    return place && clone_of_installed(place, error) ? g_steal_pointer(&place) : NULL;
}

int choose_confirm(const char *command, gboolean yes, const char *what)
{
    char answer[8] = "";

    if (yes) {
        return EXIT_DONE;
    }
    if (!isatty(STDIN_FILENO)) {
        return cli_usage(command, "%s; without a terminal, say --yes", what);
    }
    output_flush();
    fprintf(stderr, "%s. Go on? [y/N] ", what);
    if (fgets(answer, sizeof(answer), stdin) && g_ascii_tolower(answer[0]) == 'y') {
        return EXIT_DONE;
    }
    say("nothing has been changed");
    return EXIT_REFUSED;
}
