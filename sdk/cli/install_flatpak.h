/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Flatpaks: files that the persona's own flatpak installs for all its users. */
#ifndef BOOTH_INSTALL_FLATPAK_H
#define BOOTH_INSTALL_FLATPAK_H

#include "guest.h"

/* By its name: .flatpak (one file with the app) or .flatpakref (says where the app is). */
gboolean flatpak_is(const char *path);

/* Sends the file and has it installed. Returns the exit code, after a line that says what is. */
int flatpak_install(struct guest *guest, const char *path);

#endif
