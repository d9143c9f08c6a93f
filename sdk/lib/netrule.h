/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Rules of a persona's firewall as people write them (docs/booth.md, "Firewall"):
 *
 *   block|allow [tcp|udp|icmp|any] [DESTINATION]
 *
 * DESTINATION is any of ADDRESS, ADDRESS/BITS, `host` (this computer as the persona reaches it) or
 * `dns` (the name server that DHCP names), and a port or ports: `:443`, `host:8000-8999`,
 * `192.0.2.0/24:80`, `[2001:db8::]/32:443`. `any` alone is everything. No I/O.
 */
#ifndef BOOTH_NETRULE_H
#define BOOTH_NETRULE_H

#include <glib.h>
#include <stdint.h>

#define NETRULE_MAX      64    /* in a list */
#define NETRULE_PORT_MAX 65535 /* a rule for all ports is for 0 to this */

enum netrule_protocol { NETRULE_ANY, NETRULE_TCP, NETRULE_UDP, NETRULE_ICMP };
enum netrule_to { NETRULE_ANYWHERE, NETRULE_IPV4, NETRULE_IPV6, NETRULE_HOST, NETRULE_DNS };

struct netrule {
    gboolean allow;
    enum netrule_protocol protocol;
    enum netrule_to to;
    uint8_t address[16]; /* network order; NETRULE_IPV4: the first 4 bytes */
    guint bits;          /* of it that count */
    guint first, last;   /* ports; not all: only of TCP and UDP */
};

/* One line in `error`, which says what to write instead. */
gboolean netrule_parse(const char *text, struct netrule *rule, GError **error);

/* The same rule has one text. Free with g_free(). */
char *netrule_print(const struct netrule *rule);

/*
 * A list (of struct netrule) in which the last rule that fits decides. Rules as text are separated
 * by ';'. Free with g_array_unref(). NULL: `error`.
 */
GArray *netrule_list(const char *text, GError **error);

/* At the end of the list, instead of one that is for the same. FALSE: there is no more room. */
gboolean netrule_add(GArray *list, const struct netrule *rule);

/* Takes what is for the same out. FALSE: there is none. */
gboolean netrule_remove(GArray *list, const struct netrule *rule);

#endif
