/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Relays, by real sockets: a proxy of this test is asked for the server, and bytes go both ways
 * until either end has had enough. */
#include <gio/gio.h>
#include <string.h>

#include "phone/relay.h"
#include "suite.h"

static const uint8_t server[] = {192, 0, 2, 7};

/* A proxy: HTTP's with what it answers to CONNECT, or one of SOCKS 5 with the code of its reply
 * (RFC 1928, 6). Then it sends back what it gets, in capitals. */
struct fake {
    const char *answer; /* NULL: SOCKS */
    uint8_t code;
    GSocketListener *listener;
    unsigned port;
    GThread *thread;
    char asked[512];
};

static void answer_connect(struct fake *fake, GInputStream *in, GOutputStream *out)
{
    gsize n = 0;

    while (!strstr(fake->asked, "\r\n\r\n") && n < sizeof(fake->asked) - 1 &&
           g_input_stream_read(in, fake->asked + n, 1, NULL, NULL) == 1) {
        n++;
    }
    g_output_stream_write_all(out, fake->answer, strlen(fake->answer), NULL, NULL, NULL);
}

/* No password; the request is `asked`, in hexadecimal digits. */
static void answer_socks(struct fake *fake, GInputStream *in, GOutputStream *out)
{
    const uint8_t reply[10] = {5, fake->code, 0, 1};
    uint8_t methods[257], request[10] = {0};

    if (!g_input_stream_read_all(in, methods, 2, NULL, NULL, NULL) ||
        !g_input_stream_read_all(in, methods + 2, methods[1], NULL, NULL, NULL)) {
        return;
    }
    g_output_stream_write_all(out, "\5", 2, NULL, NULL, NULL);
    g_input_stream_read_all(in, request, sizeof(request), NULL, NULL, NULL);
    for (unsigned i = 0; i < sizeof(request); i++) {
        g_snprintf(fake->asked + 2 * i, 3, "%02x", (unsigned)request[i]);
    }
    g_output_stream_write_all(out, reply, sizeof(reply), NULL, NULL, NULL);
}

static void serve(struct fake *fake, GSocketConnection *connection)
{
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    char byte;

    if (fake->answer) {
        answer_connect(fake, in, out);
    } else {
        answer_socks(fake, in, out);
    }
    while (g_input_stream_read(in, &byte, 1, NULL, NULL) == 1) {
        byte = g_ascii_toupper(byte);
        g_output_stream_write_all(out, &byte, 1, NULL, NULL, NULL);
    }
}

static gpointer run(gpointer data)
{
    struct fake *fake = data;
    g_autoptr(GSocketConnection) connection =
        g_socket_listener_accept(fake->listener, NULL, NULL, NULL);

    if (connection) {
        serve(fake, connection);
    }
    return NULL;
}

static void start(struct fake *fake, const char *answer, uint8_t code)
{
    *fake = (struct fake){.answer = answer, .code = code, .listener = g_socket_listener_new()};
    fake->port = g_socket_listener_add_any_inet_port(fake->listener, NULL, NULL);
    CU_ASSERT_TRUE_FATAL(fake->port != 0);
    fake->thread = g_thread_new("proxy", run, fake);
}

static void finish(struct fake *fake)
{
    g_thread_join(fake->thread);
    g_socket_listener_close(fake->listener);
    g_object_unref(fake->listener);
}

static struct proxy *proxy_at(const char *protocol, unsigned port)
{
    g_autofree char *text = g_strdup_printf("%s127.0.0.1:%u", protocol, port);
    struct proxy *proxy = proxy_new(text, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(proxy);
    return proxy;
}

static GSocketConnection *connect_to(unsigned port)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    GSocketConnection *connection =
        g_socket_client_connect_to_host(client, "127.0.0.1", (guint16)port, NULL, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(connection);
    return connection;
}

/* What comes until the end, after `said` and a half close. */
static char *hears(unsigned port, const char *said)
{
    g_autoptr(GSocketConnection) connection = connect_to(port);
    GInputStream *in = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    char heard[256] = "";
    gsize n = 0;

    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), said,
                              strlen(said), NULL, NULL, NULL);
    g_socket_shutdown(g_socket_connection_get_socket(connection), FALSE, TRUE, NULL);
    g_input_stream_read_all(in, heard, sizeof(heard) - 1, &n, NULL, NULL);
    return g_strdup(heard);
}

static void goes_both_ways(void)
{
    struct fake fake;
    void *relay;

    start(&fake, "HTTP/1.0 200 Connection established\r\n\r\n", 0);
    struct proxy *proxy = proxy_at("", fake.port);
    unsigned port = relay_open(proxy, server, 443, &relay);
    CU_ASSERT_TRUE_FATAL(port != 0);
    proxy_unref(proxy); /* the relay goes on */
    g_autofree char *heard = hears(port, "hello, all of you");
    CU_ASSERT_STRING_EQUAL(heard, "HELLO, ALL OF YOU");
    finish(&fake);
    CU_ASSERT_TRUE(g_str_has_prefix(fake.asked, "CONNECT 192.0.2.7:443 HTTP/1."));
    relay_close(relay);
}

static void says_that_there_is_nothing(void)
{
    struct fake fake;
    void *relay;

    start(&fake, "HTTP/1.0 403 Forbidden\r\n\r\n", 0);
    struct proxy *proxy = proxy_at("", fake.port);
    unsigned port = relay_open(proxy, server, 80, &relay);
    g_autofree char *heard = hears(port, "hello");
    CU_ASSERT_STRING_EQUAL(heard, "");
    finish(&fake);
    CU_ASSERT_TRUE(g_str_has_prefix(fake.asked, "CONNECT 192.0.2.7:80 "));
    relay_close(relay);

    /* Nobody listens there any more. */
    port = relay_open(proxy, server, 80, &relay);
    g_autofree char *nothing = hears(port, "hello");
    CU_ASSERT_STRING_EQUAL(nothing, "");
    relay_close(relay);
    proxy_unref(proxy);
}

/* What is heard by a SOCKS proxy that replies with that code. */
static char *by_socks(struct fake *fake, uint8_t code, unsigned server_port)
{
    void *relay;

    start(fake, NULL, code);
    struct proxy *proxy = proxy_at("socks5://", fake->port);
    unsigned port = relay_open(proxy, server, server_port, &relay);
    char *heard = hears(port, "hello");
    finish(fake);
    relay_close(relay);
    proxy_unref(proxy);
    return heard;
}

static void speaks_socks(void)
{
    struct fake fake;
    g_autofree char *heard = by_socks(&fake, 0, 443);

    CU_ASSERT_STRING_EQUAL(heard, "HELLO");
    /* CONNECT, IPv4, the server, its port */
    CU_ASSERT_STRING_EQUAL(fake.asked, "05010001c000020701bb");

    /* 2: not allowed. What it would send then is not the server's. */
    g_autofree char *refused = by_socks(&fake, 2, 80);
    CU_ASSERT_STRING_EQUAL(refused, "");
    CU_ASSERT_STRING_EQUAL(fake.asked, "05010001c00002070050");
}

static void knows_a_proxy(void)
{
    static const char *const right[] = {"localhost:8080", "http://192.0.2.1:3128",
                                        "socks5://[::1]:1080", "proxy.example:1"};
    static const char *const wrong[] = {
        "",          "proxy",          "proxy:",     "proxy:0",   "proxy:65536", ":80",
        "http://",   "https://a:1",    "ftp://a:21", "a:80/path", "u:p@a:80",    "a b:80",
        "socks5://", "http://a:80?q=", "a:80#f",     "-1",        "a:-1"};

    for (unsigned i = 0; i < G_N_ELEMENTS(right); i++) {
        struct proxy *proxy = proxy_new(right[i], NULL);
        CU_ASSERT_PTR_NOT_NULL(proxy);
        proxy_unref(proxy);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        CU_ASSERT_PTR_NULL(proxy_new(wrong[i], &error));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    }
    proxy_unref(NULL);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"goes both ways", goes_both_ways},
                                        {"says that there is nothing", says_that_there_is_nothing},
                                        {"speaks SOCKS 5", speaks_socks},
                                        {"knows a proxy", knows_a_proxy},
                                        CU_TEST_INFO_NULL};

    return run_suite("relays", tests);
}
