/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/network.h"

#include <gio/gio.h>
#include <string.h>

#include "phone/relay.h"

#define PORT_MAX 65535

#define DNS_PORT 53

const char *const network_names[NETWORK_WIRES] = {"wifi", "cellular"};

struct network *network_new(const char *vm, unsigned id, enum network_wire wire, GArray *rules)
{
    struct network *network = g_new0(struct network, 1);

    network->wire = wire;
    network->vm = vm;
    network->line = NETWORK_LINE(wire, id);
    network->up = true;
    network->profile = &network_profiles[0];
    network->forwards = g_array_new(FALSE, FALSE, sizeof(struct network_forward));
    network->rules = rules ? g_array_copy(rules) : netrule_list("", NULL);
    return network;
}

void network_free(struct network *network)
{
    if (network) {
        g_array_unref(network->forwards);
        g_array_unref(network->rules);
        g_free(network->capture);
        g_free(network->dns);
        g_free(network->proxy);
        g_free(network);
    }
}

bool network_is_up(const struct network *network)
{
    return network->up && !network->airplane;
}

void network_apply(const struct network *network)
{
    network_shape(network->line, network_is_up(network), &network->profile->in,
                  &network->profile->out);
}

void network_apply_rules(const struct network *network)
{
    network_rules(network->line, (const struct netrule *)(void *)network->rules->data,
                  network->rules->len);
}

/* ADDRESS or ADDRESS:PORT. Loopback is the host as a persona sees it, which is 127.0.0.1 only. */
static bool parse_dns(const char *text, uint8_t address[4], unsigned *port)
{
    g_auto(GStrv) part = g_strsplit(text, ":", 3);
    g_autoptr(GInetAddress) inet = part[0] ? g_inet_address_new_from_string(part[0]) : NULL;
    guint64 number = DNS_PORT;

    if (!inet || g_inet_address_get_family(inet) != G_SOCKET_FAMILY_IPV4 ||
        g_inet_address_get_is_any(inet) || g_inet_address_get_is_multicast(inet) ||
        (g_inet_address_get_is_loopback(inet) && strcmp(part[0], "127.0.0.1") != 0) ||
        g_strv_length(part) > 2 ||
        (part[1] && !g_ascii_string_to_unsigned(part[1], 10, 1, PORT_MAX, &number, NULL))) {
        return false;
    }
    memcpy(address, g_inet_address_to_bytes(inet), 4);
    *port = (unsigned)number;
    return true;
}

bool network_set_dns(struct network *network, const char *server)
{
    uint8_t address[4] = {0};
    unsigned port = 0;

    if (server && !parse_dns(server, address, &port)) {
        return false;
    }
    g_free(network->dns);
    network->dns = g_strdup(server);
    network_dns(network->line, address, port);
    return true;
}

static unsigned open_relay(void *proxy, const uint8_t address[4], unsigned port, void **relay)
{
    return relay_open(proxy, address, port, relay);
}

static void close_relay(void *proxy G_GNUC_UNUSED, void *relay)
{
    relay_close(relay);
}

static void free_relays(void *proxy)
{
    proxy_unref(proxy);
}

bool network_set_proxy(struct network *network, const char *text, GError **error)
{
    struct proxy *proxy = text ? proxy_new(text, error) : NULL;
    const struct network_relays relays = {open_relay, close_relay, free_relays, proxy};

    if (text && !proxy) {
        return false;
    }
    g_free(network->proxy);
    network->proxy = g_strdup(text);
    network_proxy(network->line, proxy ? &relays : NULL);
    return true;
}

/* Machine's thread. */
static void on_restored(void *opaque G_GNUC_UNUSED, const char *why)
{
    if (why) {
        g_printerr("phonebooth: a port cannot be forwarded any more: %s\n", why);
    }
}

void network_restore(struct network *network)
{
    network_apply(network);
    network_apply_rules(network);
    for (unsigned i = network->forwards->len; i-- > 0;) {
        const struct network_forward f =
            g_array_index(network->forwards, struct network_forward, i);
        g_autoptr(GError) error = NULL;

        if (network_port_is_free(f.host_port, &error)) {
            network_forward(network->line, f.host_port, f.port, true, on_restored, NULL);
        } else {
            g_printerr("phonebooth: port %u is not forwarded any more: %s\n", f.host_port,
                       error->message);
            g_array_remove_index(network->forwards, i);
        }
    }
}

static int index_of(const struct network *network, unsigned host_port)
{
    for (unsigned i = 0; i < network->forwards->len; i++) {
        if (g_array_index(network->forwards, struct network_forward, i).host_port == host_port) {
            return (int)i;
        }
    }
    return -1;
}

const struct network_forward *network_find(const struct network *network, unsigned host_port)
{
    int i = index_of(network, host_port);

    return i < 0 ? NULL : &g_array_index(network->forwards, struct network_forward, i);
}

void network_add(struct network *network, unsigned host_port, unsigned port)
{
    const struct network_forward forward = {host_port, port};

    g_array_append_val(network->forwards, forward);
}

void network_remove(struct network *network, unsigned host_port)
{
    int i = index_of(network, host_port);

    if (i >= 0) {
        g_array_remove_index(network->forwards, (guint)i);
    }
}

bool network_port_is_free(unsigned host_port, GError **error)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, (guint16)host_port);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

    return socket && g_socket_bind(socket, address, TRUE, error);
}

JsonArray *network_describe_forwards(const struct network *network)
{
    JsonArray *array = json_array_new();

    for (unsigned i = 0; i < network->forwards->len; i++) {
        const struct network_forward *f =
            &g_array_index(network->forwards, struct network_forward, i);
        JsonObject *forward = json_object_new();

        json_object_set_int_member(forward, "host_port", f->host_port);
        json_object_set_int_member(forward, "port", f->port);
        json_array_add_object_element(array, forward);
    }
    return array;
}

JsonArray *network_describe_rules(const struct network *network)
{
    JsonArray *array = json_array_new();

    for (unsigned i = 0; i < network->rules->len; i++) {
        g_autofree char *rule = netrule_print(&g_array_index(network->rules, struct netrule, i));

        json_array_add_string_element(array, rule);
    }
    return array;
}
