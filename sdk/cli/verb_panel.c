/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth panel: becomes booth-panel, which stands beside booth. */

#include "../lib/beside.h"
#include "command.h"
#include "say.h"

int cli_panel(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
              const struct parsed *parsed G_GNUC_UNUSED)
{
    g_autofree char *panel = beside_find("booth-panel");
    g_autofree char *path = cli_socket(cli);
    char *words[] = {panel, (char *)"--control", path, NULL};

    if (panel == NULL) {
        say("no booth-panel: neither beside booth nor in PATH; run 'make'");
        return EXIT_LOCAL;
    }
    return cli_become(cli, words);
}
