/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The control socket (docs/control-api.md): clients, their requests, events. */
#ifndef CONTROL_SERVER_H
#define CONTROL_SERVER_H

#include "input/input.h"
#include "phone/phone.h"
#include "screen/screen.h"

struct server;
struct snapshots; /* snapshot/snapshots.h */

struct server_config {
    struct phone *phone;
    struct screen *screen;
    struct input *input;
    const char *path; /* of the socket; its folder exists */
    const char *version;
    struct snapshots *snapshots;
    /* Ends the phone and starts it again from that snapshot. */
    void (*restart)(void *opaque, const char *snapshot);
    void *restart_opaque;
};

/*
 * Listens from now on; requests are handled once the phone's context runs. The caller holds the
 * instance's lock, so a socket that is there already is a leftover and is replaced. NULL and
 * `error`: the path is too long, or is something else than a socket, or cannot be made.
 */
struct server *server_new(const struct server_config *config, GError **error);

/* Closes all connections and removes the socket. The phone's thread has ended. */
void server_free(struct server *server);

#endif
