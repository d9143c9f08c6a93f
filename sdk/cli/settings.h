/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* $XDG_CONFIG_HOME/phonebooth/settings.ini: what holds where the command line says nothing
 * (docs/handsets.md, "Settings"). */
#ifndef BOOTH_SETTINGS_H
#define BOOTH_SETTINGS_H

#include <glib.h>

struct settings {
    char *handset; /* a name or a folder; NULL: the default one */
    char *name;    /* of the phone; NULL: "default" */
    char **run;    /* options of `booth run` for the emulator; never NULL */
};

/* Path of the file, whether or not it exists; free with g_free(). */
char *settings_path(void);

/* No file is no failure. FALSE and `error`: which key is wrong, and what it may be. */
gboolean settings_read(struct settings *settings, GError **error);
void settings_clear(struct settings *settings);

#endif
