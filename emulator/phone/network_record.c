/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a snapshot has of a network. */
#include "phone/network.h"

#define PORT_MAX 65535

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
    if (network->proxy) {
        json_object_set_string_member(object, "proxy", network->proxy);
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

/* Better no proxy than no network: it is no firewall. */
static void read_proxy(struct network *network, const char *text)
{
    g_autoptr(GError) error = NULL;

    if (!network_set_proxy(network, text, &error)) {
        g_printerr("phonebooth: the snapshot's proxy of %s (%s) is left out: %s\n", network->vm,
                   network_names[network->wire], error->message);
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
    read_proxy(network, json_object_get_string_member_with_default(record, "proxy", NULL));
    for (guint i = 0; forwards && i < json_array_get_length(forwards); i++) {
        read_forward(network, json_array_get_element(forwards, i));
    }
    read_rules(network, array_of(record, "rules"));
}
