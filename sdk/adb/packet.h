/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Messages between an adb client and adbd: a header of six little-endian words, then data. */
#ifndef ADB_PACKET_H
#define ADB_PACKET_H

#include <glib.h>

enum {
    PACKET_HEADER = 24,
    PACKET_DATA = 1 << 16, /* most bytes of data, either way: we ask adbd for no more */
};

enum packet_command {
    PACKET_CONNECT = 0x4e584e43, /* CNXN version, most data, who it is */
    PACKET_AUTH = 0x48545541,    /* it wants a signature */
    PACKET_TLS = 0x534c5453,     /* it wants an encrypted connection */
    PACKET_OPEN = 0x4e45504f,    /* our number, 0, service */
    PACKET_OKAY = 0x59414b4f,    /* sender's number, receiver's number: ready for more */
    PACKET_WRITE = 0x45545257,   /* the same, data */
    PACKET_CLOSE = 0x45534c43,   /* the same */
};

struct packet {
    guint32 command, first, second;
    const guint8 *data;
    gsize length;
};

/* Header and data of a packet, to be sent; free it with g_byte_array_unref(). */
GByteArray *packet_bytes(const struct packet *packet);

/*
 * Reads the packet that begins at `bytes`; its data stays there. Returns how many bytes it has, 0:
 * it is not complete yet, -1: that is no packet.
 */
gssize packet_read(const guint8 *bytes, gsize length, struct packet *packet);

#endif
