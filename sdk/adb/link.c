/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../lib/booth.h"

#define BANNER "host::features=shell_v2"

enum {
    VERSION = 0x01000001, /* of the protocol: data has no sums */
    CHUNK = 1 << 16,      /* bytes that are read at a time */
    LEAST = 4096,         /* bytes of data in a packet, which every adbd takes */
};

gboolean link_send(struct adb *adb, const struct packet *packet, GError **error)
{
    g_autoptr(GByteArray) bytes = packet_bytes(packet);

    for (gsize done = 0; done < bytes->len;) {
        gssize sent = send(adb->descriptor, bytes->data + done, bytes->len - done, MSG_NOSIGNAL);
        if (sent >= 0) {
            done += (gsize)sent;
        } else if (errno != EINTR) {
            g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED, "the connection to adbd: %s",
                        g_strerror(errno));
            return FALSE;
        }
    }
    return TRUE;
}

gboolean link_fill(struct adb *adb, GError **error)
{
    guint8 bytes[CHUNK];
    gssize got;

    do {
        got = recv(adb->descriptor, bytes, sizeof(bytes), 0);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED,
                    "its adbd has closed the connection%s%s", got < 0 ? ": " : "",
                    got < 0 ? g_strerror(errno) : "");
        return FALSE;
    }
    g_byte_array_append(adb->in, bytes, (guint)got);
    return TRUE;
}

int link_take(struct adb *adb, struct packet *packet, GError **error)
{
    g_byte_array_remove_range(adb->in, 0, (guint)adb->taken);
    adb->taken = 0;

    gssize size = packet_read(adb->in->data, adb->in->len, packet);
    if (size < 0) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED,
                            "what answers at its port is no adbd");
        return -1;
    }
    adb->taken = (gsize)size;
    return size > 0;
}

/* Waits for the first packet. */
static gboolean first_packet(struct adb *adb, guint seconds, struct packet *packet, GError **error)
{
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    int result;

    while ((result = link_take(adb, packet, error)) == 0) {
        gint64 left = (end - g_get_monotonic_time()) / 1000;
        struct pollfd wait = {.fd = adb->descriptor, .events = POLLIN};

        if (left <= 0 || (poll(&wait, 1, (int)left) == 0)) {
            g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT,
                        "its adbd does not answer within %u s", seconds);
            return FALSE;
        }
        if (wait.revents != 0 && !link_fill(adb, NULL)) {
            g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED, "it runs no adbd");
            return FALSE;
        }
    }
    return result > 0;
}

static gboolean greet(struct adb *adb, guint seconds, GError **error)
{
    const struct packet hello = {PACKET_CONNECT, VERSION, PACKET_DATA, (const guint8 *)BANNER,
                                 strlen(BANNER)};
    struct packet answer;

    if (!link_send(adb, &hello, error) || !first_packet(adb, seconds, &answer, error)) {
        return FALSE;
    }
    if (answer.command != PACKET_CONNECT) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED,
                            answer.command == PACKET_AUTH || answer.command == PACKET_TLS
                                ? "its adbd wants a key, which booth has not"
                                : "what answers at its port is no adbd");
        return FALSE;
    }
    if (g_strstr_len((const char *)answer.data, (gssize)answer.length, "shell_v2") == NULL) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED,
                            "its adbd is too old: it does not know shell_v2");
        return FALSE;
    }
    adb->most = CLAMP(answer.second, LEAST, PACKET_DATA);
    return TRUE;
}

struct adb *adb_new(int descriptor, guint seconds, GError **error)
{
    struct adb *adb = g_new0(struct adb, 1);

    adb->descriptor = descriptor;
    adb->in = g_byte_array_new();
    if (!greet(adb, seconds, error)) {
        g_clear_pointer(&adb, adb_free);
    }
    return adb;
}

void adb_free(struct adb *adb)
{
    if (adb != NULL) {
        close(adb->descriptor);
        g_byte_array_unref(adb->in);
        g_free(adb);
    }
}
