/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth forward: a port of this computer leads into a persona, with the habits of adb. */
#include "command.h"
#include "output.h"
#include "port.h"
#include "ports.h"
#include "print.h"

/* ---- What there is ----------------------------------------------------------------------------
 */

static gint64 number(JsonObject *object, const char *name)
{
    return json_object_get_int_member_with_default(object, name, 0);
}

static JsonObject *forward_of(const char *vm, gint64 from, gint64 to)
{
    JsonObject *forward = json_object_new();

    json_object_set_string_member(forward, "vm", vm);
    json_object_set_int_member(forward, "host_port", from);
    json_object_set_int_member(forward, "port", to);
    return forward;
}

static void add_forwards(JsonObject *network, JsonArray *all)
{
    JsonNode *node = json_object_get_member(network, "forwards");
    JsonArray *forwards = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    for (guint i = 0; forwards != NULL && i < json_array_get_length(forwards); i++) {
        JsonObject *from = json_array_get_object_element(forwards, i);
        json_array_add_object_element(all,
                                      forward_of(print_text_of(network, "vm", "?"),
                                                 number(from, "host_port"), number(from, "port")));
    }
}

/* All forwarded ports, those of one persona if vm is not NULL. */
static JsonObject *forwards_of(booth_client *client, const char *vm, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("net");
    JsonObject *found = json_object_new();
    JsonArray *all = json_array_new();

    json_object_set_array_member(found, "forwards", all);
    if (vm != NULL) {
        json_object_set_string_member(request, "vm", vm);
    }
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    JsonArray *networks = reply ? json_object_get_array_member(reply, "networks") : NULL;
    for (guint i = 0; networks != NULL && i < json_array_get_length(networks); i++) {
        add_forwards(json_array_get_object_element(networks, i), all);
    }
    if (reply == NULL) {
        g_clear_pointer(&found, json_object_unref);
    }
    return found;
}

static void print_forward(JsonObject *forward)
{
    output_printf("%s tcp:%d tcp:%d\n", print_text_of(forward, "vm", "?"),
                  (int)number(forward, "host_port"), (int)number(forward, "port"));
}

static gboolean list(booth_client *client, const char *vm, gboolean json, GError **error)
{
    g_autoptr(JsonObject) forwards = forwards_of(client, vm, error);

    if (forwards != NULL && json) {
        print_json(forwards);
    } else if (forwards != NULL) {
        print_each(forwards, "forwards", print_forward);
    }
    return forwards != NULL;
}

static gboolean remove_all(booth_client *client, const char *vm, GError **error)
{
    g_autoptr(JsonObject) forwards = forwards_of(client, vm, error);
    JsonArray *all = forwards ? json_object_get_array_member(forwards, "forwards") : NULL;

    for (guint i = 0; all != NULL && i < json_array_get_length(all); i++) {
        JsonObject *forward = json_array_get_object_element(all, i);
        if (!port_close(client, (guint16)number(forward, "host_port"), error)) {
            return FALSE;
        }
    }
    return forwards != NULL;
}

/* ---- What there shall be ----------------------------------------------------------------------
 */

/* As adb does, the port is printed only if it was not said. */
static gboolean add(booth_client *client, const char *vm, struct ports ports, gboolean json,
                    GError **error)
{
    g_autofree char *name = port_persona(client, vm, NULL, error);
    guint16 from = ports.from;

    if (name == NULL) {
        return FALSE;
    }
    if (from == 0) {
        from = port_forward_some(client, name, ports.to, error);
    } else if (!port_forward(client, name, from, ports.to, error)) {
        from = 0;
    }
    if (from != 0 && json) {
        g_autoptr(JsonObject) forward = forward_of(name, from, ports.to);
        print_json(forward);
    } else if (from != 0 && ports.from == 0) {
        output_printf("%d\n", from);
    }
    return from != 0;
}

/* What the command line says. */
struct asked {
    const char *vm, *first, *second, *removed;
    gboolean list, remove_all;
};

static gboolean act(booth_client *client, const struct asked *asked, struct ports ports,
                    gboolean json, GError **error)
{
    if (asked->list) {
        return list(client, asked->vm, json, error);
    }
    if (asked->remove_all) {
        return remove_all(client, asked->vm, error);
    }
    return asked->removed ? port_close(client, ports.from, error)
                          : add(client, asked->vm, ports, json, error);
}

static gboolean understand(const struct asked *asked, struct ports *ports)
{
    int actions = asked->list + asked->remove_all + (asked->removed != NULL);

    if (actions + (asked->first != NULL) != 1) {
        return FALSE;
    }
    if (asked->removed != NULL) {
        return ports_parse_one(asked->removed, FALSE, &ports->from);
    }
    return actions != 0 || ports_parse(asked->first, asked->second, ports);
}

int cli_forward(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const struct asked asked = {
        .vm = print_text_of(parsed->own, "vm", NULL),
        .first = print_text_of(parsed->own, "from", NULL),
        .second = print_text_of(parsed->own, "to", NULL),
        .removed = print_text_of(parsed->own, "remove", NULL),
        .list = json_object_has_member(parsed->own, "list"),
        .remove_all = json_object_has_member(parsed->own, "remove-all"),
    };
    struct ports ports = {0, 0};
    g_autoptr(GError) error = NULL;

    if (!understand(&asked, &ports)) {
        return cli_usage(command->name, "it takes HOSTPORT:PORT, such as 8080:80, --list, "
                                        "--remove HOSTPORT or --remove-all");
    }
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);
    return client != NULL && act(client, &asked, ports, cli->json, &error) ? EXIT_DONE
                                                                           : cli_fail(error);
}
