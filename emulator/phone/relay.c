/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/relay.h"

#include <gio/gio.h>
#include <string.h>

#include "phone/relay_pump.h"

#define CONNECT_S       60
#define CONNECTIONS_MAX 256 /* of a proxy at a time: a persona may ask for any number */
#define COMPLAINT_US    (10 * G_USEC_PER_SEC)
#define FULL_US         100000 /* until it is tried again, if there are no more files to open */

struct proxy {
    int references; /* atomic: relays have one each, and connections */
    char *text;
    GSocketClient *client;
    /* The relays' thread */
    unsigned connections;
    gint64 complained; /* when, monotonic; 0: never */
};

/* What one server is reached by. */
struct relay {
    struct proxy *proxy;
    GSocket *socket;
    char *host;
    guint16 port;
};

/* ---- The thread ------------------------------------------------------------------------------ */

static gpointer run(gpointer context)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(context, FALSE);

    g_main_context_push_thread_default(context);
    g_main_loop_run(loop); /* as long as the process */
    return NULL;
}

static GMainContext *relays_context(void)
{
    static gsize once;
    static GMainContext *context;

    if (g_once_init_enter(&once)) {
        context = g_main_context_new();
        g_thread_unref(g_thread_new("relays", run, context));
        g_once_init_leave(&once, 1);
    }
    return context;
}

/* ---- Proxies --------------------------------------------------------------------------------- */

/* A name that a name server may know, or an address. */
static gboolean is_host(const char *host)
{
    return host && host[0] &&
           (g_hostname_is_ip_address(host) ||
            !host[strspn(host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._-")]);
}

/* With what GIO calls it. */
static char *url_of(const char *text, GError **error)
{
    g_autofree char *url =
        strstr(text, "://") ? g_strdup(text) : g_strdup_printf("http://%s", text);
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *scheme = uri ? g_uri_get_scheme(uri) : "";
    const char *path = uri ? g_uri_get_path(uri) : NULL;
    const char *host = uri ? g_uri_get_host(uri) : NULL;

    if ((strcmp(scheme, "http") != 0 && strcmp(scheme, "socks5") != 0) || !is_host(host) ||
        g_uri_get_port(uri) <= 0 || g_uri_get_userinfo(uri) || (path && path[0]) ||
        g_uri_get_query(uri) || g_uri_get_fragment(uri)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "'%s' is no proxy: HOST:PORT or socks5://HOST:PORT, without a password; this "
                    "computer is 127.0.0.1",
                    text);
        return NULL;
    }
    return g_steal_pointer(&url);
}

struct proxy *proxy_new(const char *text, GError **error)
{
    g_autofree char *url = url_of(text, error);
    g_autoptr(GProxyResolver) resolver = url ? g_simple_proxy_resolver_new(url, NULL) : NULL;
    struct proxy *proxy = resolver ? g_new0(struct proxy, 1) : NULL;

    if (proxy) {
        proxy->references = 1;
        proxy->text = g_strdup(text);
        proxy->client = g_socket_client_new();
        g_socket_client_set_proxy_resolver(proxy->client, resolver);
        g_socket_client_set_timeout(proxy->client, CONNECT_S);
    }
    return proxy;
}

static struct proxy *proxy_ref(struct proxy *proxy)
{
    g_atomic_int_inc(&proxy->references);
    return proxy;
}

void proxy_unref(struct proxy *proxy)
{
    if (proxy && g_atomic_int_dec_and_test(&proxy->references)) {
        g_object_unref(proxy->client);
        g_free(proxy->text);
        g_free(proxy);
    }
}

/* ---- Connections ----------------------------------------------------------------------------- */

struct link {
    struct proxy *proxy;
    GSocketConnection *persona;
    char *server;
};

static void link_end(gpointer data)
{
    struct link *link = data;

    link->proxy->connections--;
    proxy_unref(link->proxy);
    g_object_unref(link->persona);
    g_free(link->server);
    g_free(link);
}

/* A persona that asks again and again does not fill the log. */
static void complain(struct link *link, const GError *error)
{
    const gint64 now = g_get_monotonic_time();

    if (!link->proxy->complained || now - link->proxy->complained > COMPLAINT_US) {
        link->proxy->complained = now;
        g_printerr("phonebooth: no connection to %s by the proxy %s: %s\n", link->server,
                   link->proxy->text, error->message);
    }
}

static void on_connected(GObject *client, GAsyncResult *result, gpointer data)
{
    struct link *link = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketConnection) server =
        g_socket_client_connect_to_host_finish(G_SOCKET_CLIENT(client), result, &error);

    if (server) {
        g_socket_set_timeout(g_socket_connection_get_socket(server), 0);
        relay_pump(link->persona, server, link_end, link);
    } else {
        complain(link, error);
        g_io_stream_close(G_IO_STREAM(link->persona), NULL, NULL);
        link_end(link);
    }
}

static gboolean on_persona(GSocket *socket, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    const struct relay *relay = data;
    g_autoptr(GSocket) accepted = g_socket_accept(socket, NULL, NULL);
    struct link *link;

    if (!accepted) {
        g_usleep(FULL_US);
    } else if (relay->proxy->connections < CONNECTIONS_MAX) {
        link = g_new0(struct link, 1);
        link->proxy = proxy_ref(relay->proxy);
        link->proxy->connections++;
        link->persona = g_socket_connection_factory_create_connection(accepted);
        link->server = g_strdup_printf("%s:%u", relay->host, relay->port);
        g_socket_client_connect_to_host_async(relay->proxy->client, relay->host, relay->port, NULL,
                                              on_connected, link);
    }
    return G_SOURCE_CONTINUE;
}

/* ---- Relays ---------------------------------------------------------------------------------- */

static void relay_free(gpointer data)
{
    struct relay *relay = data;

    g_socket_close(relay->socket, NULL);
    g_object_unref(relay->socket);
    proxy_unref(relay->proxy);
    g_free(relay->host);
    g_free(relay);
}

/* NULL, or one that listens; *port: where. */
static GSocket *listen_to_any(unsigned *port)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) any = g_inet_socket_address_new(loopback, 0), local = NULL;
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

    if (!socket || !g_socket_bind(socket, any, FALSE, NULL) || !g_socket_listen(socket, NULL)) {
        return NULL;
    }
    g_socket_set_blocking(socket, FALSE);
    local = g_socket_get_local_address(socket, NULL);
    if (!local) {
        return NULL;
    }
    *port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(local));
    return g_steal_pointer(&socket);
}

unsigned relay_open(struct proxy *proxy, const uint8_t address[4], unsigned port, void **opened)
{
    unsigned own = 0;
    GSocket *socket = listen_to_any(&own);
    struct relay *relay;
    GSource *source;

    if (!socket) {
        return 0;
    }
    relay = g_new0(struct relay, 1);
    relay->proxy = proxy_ref(proxy);
    relay->socket = socket;
    relay->host = g_strdup_printf("%u.%u.%u.%u", address[0], address[1], address[2], address[3]);
    relay->port = (guint16)port;
    source = g_socket_create_source(socket, G_IO_IN, NULL);
    g_source_set_callback(source, G_SOURCE_FUNC(on_persona), relay, relay_free);
    g_source_attach(source, relays_context());
    *opened = source;
    return own;
}

void relay_close(void *relay)
{
    GSource *source = relay;

    g_source_destroy(source);
    g_source_unref(source);
}
