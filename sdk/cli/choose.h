/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which handset a command is about. */
#ifndef BOOTH_CHOOSE_H
#define BOOTH_CHOOSE_H

#include "../handset/places.h"
#include "cli.h"

/*
 * The handset `what`, a name or a folder; NULL: that of the settings, else the default one. NULL
 * and `error`: there is none.
 */
handset_place *choose_handset(const struct cli *cli, const char *what, GError **error);

/* The same, of which a phone can start: of an installed one the user gets his own. */
handset_place *choose_own_handset(const struct cli *cli, const char *what, GError **error);

/* Asks on the terminal whether `what` is to be done; without one, `yes` must be said. Returns
 * EXIT_DONE, or the exit code. */
int choose_confirm(const char *command, gboolean yes, const char *what);

#endif
