/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One of a persona's networks as the emulator knows it: whether its link is up, what the line is
 * like, which ports of the host lead to it, who answers names, what may leave it. Phone's thread.
 */
#ifndef PHONE_NETWORK_H
#define PHONE_NETWORK_H

#include <glib.h>
#include <json-glib/json-glib.h>

#include "machine/network.h"

/* What a line is like, in and out of the persona. */
struct network_profile {
    const char *name;
    struct network_way in, out;
};

/* Ends with one without name; the first is that of a new phone. */
extern const struct network_profile network_profiles[];

/* NULL: there is none of that name. */
const struct network_profile *network_profile(const char *name);

struct network_forward {
    unsigned host_port, port;
};

/* "wifi" and "cellular". */
extern const char *const network_names[NETWORK_WIRES];

struct network {
    enum network_wire wire;
    const char *vm; /* whose; not owned */
    unsigned line;
    bool up, airplane; /* airplane: down, whatever `up` says */
    const struct network_profile *profile;
    char *capture;    /* file that its frames are written to; NULL: none */
    char *dns;        /* ADDRESS or ADDRESS:PORT of the name server; NULL: as the host's */
    char *proxy;      /* by which it reaches web servers (relay.h); NULL: by none */
    GArray *forwards; /* of struct network_forward, in the order in which they were made */
    GArray *rules;    /* of struct netrule (netrule.h) */
};

/* `rules`: those that it begins with, copied; NULL: none. */
struct network *network_new(const char *vm, unsigned id, enum network_wire wire, GArray *rules);
void network_free(struct network *network);

/* Frames pass. */
bool network_is_up(const struct network *network);

/* NULL: the host's name servers. False: it is no IPv4 address with or without port, or one that
 * nothing in a network can have; nothing changes. */
bool network_set_dns(struct network *network, const char *server);

/* NULL: no proxy. False: it is none (relay.h), and nothing changes. */
bool network_set_proxy(struct network *network, const char *proxy, GError **error);

/* The machine's line becomes what is said here. */
void network_apply(const struct network *network);

/* What may leave the persona becomes what `rules` say. */
void network_apply_rules(const struct network *network);

/* The machine, which knows nothing of it, gets all that is said here. A port of the host that is
 * taken is left out, with a line on stderr. */
void network_restore(struct network *network);

/* NULL: that port of the host does not lead to the persona. */
const struct network_forward *network_find(const struct network *network, unsigned host_port);
void network_add(struct network *network, unsigned host_port, unsigned port);
void network_remove(struct network *network, unsigned host_port);

/* Port `host_port` of 127.0.0.1 can be listened to now; false and `error`: why not. */
bool network_port_is_free(unsigned host_port, GError **error);

/* Objects with `host_port` and `port`. */
JsonArray *network_describe_forwards(const struct network *network);

/* The rules' text, array of strings. */
JsonArray *network_describe_rules(const struct network *network);

/* For a snapshot (record.h): all but the capture. What is read may come from anywhere: what is
 * wrong in it is left out, but with a wrong rule everything is blocked. */
JsonObject *network_write(const struct network *network);
void network_read(struct network *network, JsonObject *record);

#endif
