/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Files and folders to a persona and from it, as tar archives. */
#ifndef BOOTH_GUEST_TAR_H
#define BOOTH_GUEST_TAR_H

#include "../app/tar.h"
#include "guest.h"

/* What unpacks the items there; they belong to root. The clocks may differ. */
#define GUEST_UNPACK "tar -xf - --warning=no-timestamp --no-same-owner"

/* A new folder of the persona's, $new, with what comes; it is gone at the end. */
#define GUEST_RECEIVE                                                                              \
    "umask 022; mkdir -p /var/lib/phonebooth && new=$(mktemp -d /var/lib/phonebooth/.new.XXXXXX) " \
    "|| exit 1\n"                                                                                  \
    "trap 'rm -rf \"$new\"' EXIT\n"                                                                \
    "chmod 755 \"$new\" && " GUEST_UNPACK " -C \"$new\" || exit 1\n"

/*
 * Runs a line that reads the items as an archive; how far that is, is shown as how far `what` is
 * (NULL: the first item's name). *output and the return value as guest_ask()'s;
 * EXIT_LOCAL also if one of them cannot be read here.
 */
int guest_send(struct guest *guest, const char *what, const char *line,
               const struct tar_item *items, char **output);

/*
 * Runs a line and writes what it prints to a file, from its beginning on. `what`, in words, is
 * shown with how far it has come: the line prints first how many bytes that will be, then a line
 * end. NULL: it does not.
 */
int guest_fetch(struct guest *guest, const char *line, const char *what, int file);

#endif
