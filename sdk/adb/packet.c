/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "packet.h"

#include <string.h>

static guint32 word_at(const guint8 *bytes, int index)
{
    guint32 word;

    memcpy(&word, bytes + index * sizeof(word), sizeof(word));
    return GUINT32_FROM_LE(word);
}

/* adbd checks it in the first packet only. */
static guint32 sum_of(const struct packet *packet)
{
    guint32 sum = 0;

    for (gsize i = 0; i < packet->length; i++) {
        sum += packet->data[i];
    }
    return sum;
}

GByteArray *packet_bytes(const struct packet *packet)
{
    const guint32 header[PACKET_HEADER / sizeof(guint32)] = {
        GUINT32_TO_LE(packet->command), GUINT32_TO_LE(packet->first),
        GUINT32_TO_LE(packet->second),  GUINT32_TO_LE((guint32)packet->length),
        GUINT32_TO_LE(sum_of(packet)),  GUINT32_TO_LE(~packet->command),
    };
    GByteArray *bytes = g_byte_array_sized_new((guint)(PACKET_HEADER + packet->length));

    g_byte_array_append(bytes, (const guint8 *)header, PACKET_HEADER);
    return g_byte_array_append(bytes, packet->data, (guint)packet->length);
}

gssize packet_read(const guint8 *bytes, gsize length, struct packet *packet)
{
    if (length < PACKET_HEADER) {
        return 0;
    }
    *packet = (struct packet){word_at(bytes, 0), word_at(bytes, 1), word_at(bytes, 2),
                              bytes + PACKET_HEADER, word_at(bytes, 3)};
    if (word_at(bytes, 5) != (guint32)~packet->command || packet->length > PACKET_DATA) {
        return -1;
    }
    return length < PACKET_HEADER + packet->length ? 0 : (gssize)(PACKET_HEADER + packet->length);
}
