/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Pairs of ports on a command line, as adb's forward and reverse take them. */
#ifndef BOOTH_PORTS_H
#define BOOTH_PORTS_H

#include <glib.h>

struct ports {
    guint16 from, to;
};

/* "8080" or "tcp:8080"; *port may be 0 only if `any`. */
gboolean ports_parse_one(const char *text, gboolean any, guint16 *port);

/* "8080:80", or "8080" and "80"; each also as "tcp:8080". Only `from` may be 0, for any port. */
gboolean ports_parse(const char *first, const char *second, struct ports *ports);

#endif
