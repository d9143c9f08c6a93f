/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The client of adbd, against a daemon that says what the test wants. */
#include "sdk/adb/adb.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sdk/adb/frames.h"
#include "sdk/adb/packet.h"
#include "sdk/lib/booth.h"
#include "suite.h"

#define BANNER "device::ro.product.name=x;features=cmd,shell_v2"

/* What the daemon does, in order; its other end is the client's. */
struct daemon {
    int socket;
    GThread *thread;
    const char *banner;        /* NULL: it wants a key */
    const char *bytes;         /* instead of all else, then the end */
    const struct packet *says; /* after the command was opened; `command` 0 ends them */
    GString *service, *input;
};

/* The client may have gone. */
static void send_packet(const struct daemon *daemon, const struct packet *packet)
{
    g_autoptr(GByteArray) bytes = packet_bytes(packet);

    (void)send(daemon->socket, bytes->data, bytes->len, MSG_NOSIGNAL);
}

/* FALSE: the client has gone. */
static gboolean hear(const struct daemon *daemon, struct packet *packet, GByteArray *in)
{
    gssize size;

    while ((size = packet_read(in->data, in->len, packet)) == 0) {
        guint8 bytes[4096];
        gssize got = read(daemon->socket, bytes, sizeof(bytes));
        if (got <= 0) {
            return FALSE;
        }
        g_byte_array_append(in, bytes, (guint)got);
    }
    g_assert(size > 0);
    packet->data = g_memdup2(packet->data, packet->length);
    g_byte_array_remove_range(in, 0, (guint)size);
    return TRUE;
}

static void take(struct daemon *daemon, const struct packet *packet)
{
    const struct packet okay = {PACKET_OKAY, 99, packet->first, NULL, 0};

    if (packet->command == PACKET_OPEN) {
        g_string_append_len(daemon->service, (const char *)packet->data,
                            (gssize)packet->length - 1);
        send_packet(daemon, &okay);
        for (const struct packet *say = daemon->says; say->command != 0; say++) {
            send_packet(daemon, say);
        }
    } else if (packet->command == PACKET_WRITE) {
        g_string_append_len(daemon->input, (const char *)packet->data, (gssize)packet->length);
        send_packet(daemon, &okay);
    }
}

static gpointer serve(gpointer data)
{
    struct daemon *daemon = data;
    g_autoptr(GByteArray) in = g_byte_array_new();
    const struct packet hello = {daemon->banner ? PACKET_CONNECT : PACKET_AUTH, 0x01000001, 1 << 20,
                                 (const guint8 *)daemon->banner,
                                 daemon->banner ? strlen(daemon->banner) : 0};
    struct packet packet;

    if (daemon->bytes != NULL) {
        g_assert(write(daemon->socket, daemon->bytes, strlen(daemon->bytes)) >= 0);
    } else if (hear(daemon, &packet, in)) {
        g_free((gpointer)packet.data);
        send_packet(daemon, &hello);
        while (hear(daemon, &packet, in)) {
            take(daemon, &packet);
            g_free((gpointer)packet.data);
        }
    }
    close(daemon->socket);
    return NULL;
}

/* The client's end. */
static int start(struct daemon *daemon)
{
    int ends[2];

    g_assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    daemon->socket = ends[0];
    daemon->service = g_string_new(NULL);
    daemon->input = g_string_new(NULL);
    daemon->thread = g_thread_new("daemon", serve, daemon);
    return ends[1];
}

static void finish(struct daemon *daemon, struct adb *adb)
{
    adb_free(adb);
    g_thread_join(daemon->thread);
    g_string_free(daemon->service, TRUE);
    g_string_free(daemon->input, TRUE);
}

/* What was printed, and where: "1:text2:text". */
static gboolean note(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                     GError **error G_GNUC_UNUSED)
{
    g_string_append_printf(data, "%d:%.*s", stream, (int)length, (const char *)bytes);
    return TRUE;
}

static struct packet written(guint32 to, const char *bytes, gsize length)
{
    return (struct packet){PACKET_WRITE, 99, to, (const guint8 *)bytes, length};
}

static void test_command(void)
{
    static const char frames[] = "\1\5\0\0\0hello\2\3\0\0\0bad\3\1\0\0\0\7";
    const struct packet says[] = {written(1, frames, 3),
                                  written(77, "\1\1\0\0\0x", 6),
                                  written(1, frames + 3, sizeof(frames) - 1 - 3),
                                  {PACKET_CLOSE, 99, 1, NULL, 0},
                                  {0}};
    struct daemon daemon = {.banner = BANNER, .says = says};
    struct adb *adb = adb_new(start(&daemon), 5, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    const struct adb_command command = {.line = "ls /", .input = -1, .output = note, .data = text};

    CU_ASSERT_PTR_NOT_NULL_FATAL(adb);
    CU_ASSERT_EQUAL(adb_run(adb, &command, NULL), 7);
    CU_ASSERT_STRING_EQUAL(text->str, "1:hello2:bad");
    CU_ASSERT_STRING_EQUAL(daemon.service->str, "shell,v2,raw:ls /");
    finish(&daemon, adb);
}

/* An input of more than a packet comes whole, with its end. */
static void test_input(void)
{
    const struct packet says[] = {{0}};
    struct daemon daemon = {.banner = BANNER, .says = says};
    struct adb *adb = adb_new(start(&daemon), 5, NULL);
    g_autofree char *name = NULL;
    int file = g_file_open_tmp("adb-XXXXXX", &name, NULL);
    g_autofree char *bytes = g_strnfill(PACKET_DATA + 1000, 'x');
    g_autoptr(GError) error = NULL;
    const struct adb_command command = {.line = "cat", .input = file, .silence = 1, .output = note};

    CU_ASSERT_PTR_NOT_NULL_FATAL(adb);
    g_assert(write(file, bytes, strlen(bytes)) == (gssize)strlen(bytes));
    lseek(file, 0, SEEK_SET);
    CU_ASSERT_EQUAL(adb_run(adb, &command, &error), -1); /* it never ends */
    CU_ASSERT(g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT));
    CU_ASSERT_EQUAL(daemon.input->len, strlen(bytes) + 3 * FRAME_HEADER);
    CU_ASSERT_EQUAL(memcmp(daemon.input->str + daemon.input->len - FRAME_HEADER, "\4\0\0\0\0", 5),
                    0);
    close(file);
    unlink(name);
    finish(&daemon, adb);
}

static void refuses(struct daemon daemon, BoothError code, const char *why)
{
    g_autoptr(GError) error = NULL;
    struct adb *adb = adb_new(start(&daemon), 1, &error);

    CU_ASSERT_PTR_NULL(adb);
    CU_ASSERT(g_error_matches(error, BOOTH_ERROR, (int)code));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, why));
    finish(&daemon, adb);
}

static void test_no_daemon(void)
{
    refuses((struct daemon){.bytes = ""}, BOOTH_ERROR_REFUSED, "runs no adbd");
    refuses((struct daemon){.bytes = "SSH-2.0-OpenSSH_10.0p2 Debian\r\n"}, BOOTH_ERROR_REFUSED,
            "is no adbd");
    refuses((struct daemon){.banner = NULL}, BOOTH_ERROR_REFUSED, "wants a key");
    refuses((struct daemon){.banner = "device::features=cmd"}, BOOTH_ERROR_REFUSED, "too old");
}

static void test_silent_daemon(void)
{
    g_autoptr(GError) error = NULL;
    int ends[2];

    g_assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    CU_ASSERT_PTR_NULL(adb_new(ends[1], 1, &error));
    CU_ASSERT(g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT));
    close(ends[0]);
}

/* A daemon that says `says` makes the command fail. */
static void fails(const struct packet *says, const char *why)
{
    struct daemon daemon = {.banner = BANNER, .says = says};
    struct adb *adb = adb_new(start(&daemon), 5, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    const struct adb_command command = {.line = "x", .input = -1, .output = note, .data = text};

    CU_ASSERT_PTR_NOT_NULL_FATAL(adb);
    CU_ASSERT_EQUAL(adb_run(adb, &command, &error), -1);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, why));
    finish(&daemon, adb);
}

static void test_hostile(void)
{
    const struct packet closes[] = {{PACKET_CLOSE, 99, 1, NULL, 0}, {0}};
    const struct packet cut[] = {
        written(1, "\1\377\377\377\377x", 6), {PACKET_CLOSE, 99, 1, NULL, 0}, {0}};

    fails(closes, "without an exit status");
    fails(cut, "without an exit status");
}

static void test_packets(void)
{
    struct packet packet = {PACKET_OKAY, 1, 2, (const guint8 *)"abc", 3}, read;
    g_autoptr(GByteArray) bytes = packet_bytes(&packet);

    CU_ASSERT_EQUAL(bytes->len, PACKET_HEADER + 3);
    for (gsize length = 0; length < bytes->len; length++) {
        CU_ASSERT_EQUAL(packet_read(bytes->data, length, &read), 0);
    }
    CU_ASSERT_EQUAL(packet_read(bytes->data, bytes->len, &read), PACKET_HEADER + 3);
    CU_ASSERT(read.command == PACKET_OKAY && read.first == 1 && read.second == 2);
    bytes->data[14] = 2; /* more data than is allowed */
    CU_ASSERT_EQUAL(packet_read(bytes->data, bytes->len, &read), -1);
    bytes->data[14] = 0;
    bytes->data[20] ^= 1; /* no check of the command */
    CU_ASSERT_EQUAL(packet_read(bytes->data, bytes->len, &read), -1);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a command", test_command},
        {"its input", test_input},
        {"no daemon", test_no_daemon},
        {"a silent one", test_silent_daemon},
        {"a hostile one", test_hostile},
        {"packets", test_packets},
        CU_TEST_INFO_NULL,
    };

    return run_suite("adb", tests);
}
