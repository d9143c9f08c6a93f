/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A connection to adbd, packet by packet. */
#ifndef ADB_LINK_H
#define ADB_LINK_H

#include "adb.h"
#include "packet.h"

struct adb {
    int descriptor;
    GByteArray *in;    /* what has come and was not taken */
    gsize taken;       /* bytes of `in` that the last packet has */
    guint32 most;      /* bytes of data that the daemon takes in a packet */
    guint32 last_open; /* our number of the last command */
};

/* Sends all of it. */
gboolean link_send(struct adb *adb, const struct packet *packet, GError **error);

/* Reads once what has come; waits for it. FALSE: error, or the daemon has closed the connection. */
gboolean link_fill(struct adb *adb, GError **error);

/*
 * The next packet that has come, valid until the next call. 1: there is one, 0: none yet, -1: what
 * has come is no packet.
 */
int link_take(struct adb *adb, struct packet *packet, GError **error);

#endif
