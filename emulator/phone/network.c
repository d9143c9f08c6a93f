/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/network.h"

#include <gio/gio.h>
#include <string.h>

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

JsonObject *network_write(const struct network *network)
{
    JsonObject *object = json_object_new();

    json_object_set_boolean_member(object, "up", network->up);
    json_object_set_boolean_member(object, "airplane", network->airplane);
    json_object_set_string_member(object, "profile", network->profile->name);
    json_object_set_array_member(object, "forwards", network_describe_forwards(network));
    json_object_set_array_member(object, "rules", network_describe_rules(network));
    if (network->dns) {
        json_object_set_string_member(object, "dns", network->dns);
    }
    return object;
}

/* 0: it is none. */
static unsigned read_port(JsonObject *record, const char *name)
{
    gint64 port = json_object_get_int_member_with_default(record, name, 0);

    return port > 0 && port <= PORT_MAX ? (unsigned)port : 0;
}

static void read_forward(struct network *network, JsonNode *node)
{
    JsonObject *record = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    unsigned host_port = record ? read_port(record, "host_port") : 0;
    unsigned port = record ? read_port(record, "port") : 0;

    if (host_port && port && !network_find(network, host_port)) {
        network_add(network, host_port, port);
    }
}

static bool read_rule(GArray *rules, JsonNode *node)
{
    const bool is_text =
        JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
    struct netrule rule;

    return is_text && netrule_parse(json_node_get_string(node), &rule, NULL) &&
           netrule_add(rules, &rule);
}

/* NULL: it has none of that name. */
static JsonArray *array_of(JsonObject *record, const char *name)
{
    JsonNode *node = json_object_get_member(record, name);

    return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

/* A snapshot that knows of no rules leaves those of the description. What cannot be read may have
 * forbidden anything. */
static void read_rules(struct network *network, JsonArray *rules)
{
    bool ok = true;

    if (rules) {
        g_array_set_size(network->rules, 0);
    }
    for (guint i = 0; rules && ok && i < json_array_get_length(rules); i++) {
        ok = read_rule(network->rules, json_array_get_element(rules, i));
    }
    if (!ok) {
        g_printerr("phonebooth: the snapshot has a rule for %s (%s) that cannot be read: nothing "
                   "may leave it; `booth net clear` ends that\n",
                   network->vm, network_names[network->wire]);
        g_array_unref(network->rules);
        network->rules = netrule_list("block any", NULL);
    }
}

void network_read(struct network *network, JsonObject *record)
{
    JsonArray *forwards = array_of(record, "forwards");
    const struct network_profile *profile =
        network_profile(json_object_get_string_member_with_default(record, "profile", NULL));

    network->up = json_object_get_boolean_member_with_default(record, "up", TRUE);
    network->airplane = json_object_get_boolean_member_with_default(record, "airplane", FALSE);
    network->profile = profile ? profile : network->profile;
    network_set_dns(network, json_object_get_string_member_with_default(record, "dns", NULL));
    for (guint i = 0; forwards && i < json_array_get_length(forwards); i++) {
        read_forward(network, json_array_get_element(forwards, i));
    }
    read_rules(network, array_of(record, "rules"));
}
