/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth net */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "output.h"
#include "print.h"

/* ---- What there is ----------------------------------------------------------------------------
 */

static gint64 number(JsonObject *network, const char *name)
{
    return json_object_get_int_member_with_default(network, name, 0);
}

static void print_forward(JsonObject *forward)
{
    output_printf("%-12s 127.0.0.1:%d leads to port %d\n", "", (int)number(forward, "host_port"),
                  (int)number(forward, "port"));
}

static void print_rule(JsonArray *array G_GNUC_UNUSED, guint index G_GNUC_UNUSED, JsonNode *node,
                       gpointer data G_GNUC_UNUSED)
{
    const char *rule = JSON_NODE_HOLDS_VALUE(node) ? json_node_get_string(node) : NULL;

    output_printf("%-12s rule: %s\n", "", rule ? rule : "?");
}

static void print_rules(JsonObject *network)
{
    JsonNode *node = json_object_get_member(network, "rules");

    if (node && JSON_NODE_HOLDS_ARRAY(node) && json_array_get_length(json_node_get_array(node))) {
        json_array_foreach_element(json_node_get_array(node), print_rule, NULL);
        output_printf("%-12s %d frames blocked\n", "", (int)number(network, "blocked"));
    }
}

static const char *link_text(JsonObject *network)
{
    if (json_object_get_boolean_member_with_default(network, "airplane", FALSE)) {
        return "airplane";
    }
    return json_object_get_boolean_member_with_default(network, "up", FALSE) ? "up" : "down";
}

static void print_network(JsonObject *network)
{
    const char *capture = print_text_of(network, "capture", NULL);
    const char *dns = print_text_of(network, "dns", NULL);
    const char *proxy = print_text_of(network, "proxy", NULL);

    output_printf("%-12s %-8s %-8s %-6s in %.0f KiB, out %.0f KiB, %d frames lost\n",
                  print_text_of(network, "vm", "?"), print_text_of(network, "interface", "?"),
                  link_text(network), print_text_of(network, "profile", "?"),
                  (double)number(network, "bytes_in") / 1024,
                  (double)number(network, "bytes_out") / 1024, (int)number(network, "lost"));
    if (capture) {
        output_printf("%-12s frames are written to %s\n", "", capture);
    }
    if (dns) {
        output_printf("%-12s names are answered by %s\n", "", dns);
    }
    if (proxy) {
        output_printf("%-12s web connections go by the proxy %s\n", "", proxy);
    }
    print_each(network, "forwards", print_forward);
    print_rules(network);
}

void cli_print_networks(JsonObject *reply)
{
    print_each(reply, "networks", print_network);
}

/* ---- What there shall be ----------------------------------------------------------------------
 */

/* A port as text, all of it; 0: it is none. */
static gint64 port_of(const char *text)
{
    guint64 port = 0;

    return text && g_ascii_string_to_unsigned(text, 10, 1, 65535, &port, NULL) ? (gint64)port : 0;
}

/* What the command line says. */
struct asked {
    const char *vm, *interface; /* NULL: not said */
    const char *action, *what, *file;
};

static JsonObject *request_for(const char *verb, const struct asked *asked)
{
    JsonObject *request = cli_request(verb);

    if (asked->vm) {
        json_object_set_string_member(request, "vm", asked->vm);
    }
    if (asked->interface) {
        json_object_set_string_member(request, "interface", asked->interface);
    }
    return request;
}

/* HOSTPORT:VM:PORT */
static int forward(const struct cli *cli, struct asked asked)
{
    g_auto(GStrv) part = g_strsplit(asked.what ? asked.what : "", ":", -1);
    g_autoptr(JsonObject) request = NULL;

    if (g_strv_length(part) != 3 || !port_of(part[0]) || !*part[1] || !port_of(part[2])) {
        return cli_usage("net", "forward takes HOSTPORT:VM:PORT, such as 2222:personal:22");
    }
    asked.vm = part[1];
    request = request_for("net-forward", &asked);
    json_object_set_int_member(request, "host_port", port_of(part[0]));
    json_object_set_int_member(request, "port", port_of(part[2]));
    return cli_do(cli, request);
}

static int unforward(const struct cli *cli, const char *text)
{
    g_autoptr(JsonObject) request = cli_request("net-forward");

    if (!port_of(text)) {
        return cli_usage("net", "unforward takes a port of this computer, 1 to 65535");
    }
    json_object_set_int_member(request, "host_port", port_of(text));
    return cli_do(cli, request);
}

static int set(const struct cli *cli, const char *verb, const struct asked *asked,
               const char *member, const char *value)
{
    g_autoptr(JsonObject) request = request_for(verb, asked);

    json_object_set_string_member(request, member, value);
    return cli_do(cli, request);
}

static int capture(const struct cli *cli, const struct asked *asked)
{
    gboolean start = g_strcmp0(asked->what, "start") == 0;

    if (start && asked->file) {
        g_autofree char *path = g_canonicalize_filename(asked->file, NULL);
        return set(cli, "net-capture", asked, "file", path);
    }
    if (!start && g_strcmp0(asked->what, "stop") == 0 && !asked->file) {
        g_autoptr(JsonObject) request = request_for("net-capture", asked);
        return cli_do(cli, request);
    }
    return cli_usage("net", "capture takes start FILE, or stop");
}

/* `booth net down wifi` is `booth net --if wifi down`. */
static int set_link(const struct cli *cli, struct asked asked)
{
    if (asked.what && (asked.interface ||
                       (strcmp(asked.what, "wifi") != 0 && strcmp(asked.what, "cellular") != 0))) {
        return cli_usage("net", "%s takes wifi or cellular, once, or nothing: both", asked.action);
    }
    asked.interface = asked.what ? asked.what : asked.interface;
    return set(cli, "net-link", &asked, "state", asked.action);
}

static int airplane(const struct cli *cli, const struct asked *asked)
{
    if (asked->interface ||
        (g_strcmp0(asked->what, "on") != 0 && g_strcmp0(asked->what, "off") != 0)) {
        return cli_usage("net", "airplane takes on or off, and no interface");
    }
    return set(cli, "net-airplane", asked, "state", asked->what);
}

static int dns(const struct cli *cli, const struct asked *asked)
{
    g_autoptr(JsonObject) request = request_for("net-dns", asked);

    if (!asked->what) {
        return cli_usage("net", "dns takes an IPv4 address, ADDRESS:PORT, or host");
    }
    if (strcmp(asked->what, "host") != 0) {
        json_object_set_string_member(request, "server", asked->what);
    }
    return cli_do(cli, request);
}

static int proxy(const struct cli *cli, const struct asked *asked)
{
    g_autoptr(JsonObject) request = request_for("net-proxy", asked);

    if (!asked->what) {
        return cli_usage("net", "proxy takes HOST:PORT, socks5://HOST:PORT, or off");
    }
    if (strcmp(asked->what, "off") != 0) {
        json_object_set_string_member(request, "proxy", asked->what);
    }
    return cli_do(cli, request);
}

/* The rule is one argument or two: `tcp host:80`. */
static int rule(const struct cli *cli, const struct asked *asked)
{
    g_autofree char *text = asked->file ? g_strdup_printf("%s %s", asked->what, asked->file) : NULL;
    const char *what = text ? text : asked->what;
    g_autoptr(JsonObject) request = request_for("net-rule", asked);

    if (!what && strcmp(asked->action, "clear") != 0) {
        return cli_usage("net", "%s takes a rule, such as any, host, tcp 192.0.2.0/24:443 or :25",
                         asked->action);
    }
    json_object_set_string_member(request, "action", asked->action);
    if (what) {
        json_object_set_string_member(request, "rule", what);
    }
    return cli_do(cli, request);
}

static int profile(const struct cli *cli, const struct asked *asked)
{
    return asked->what ? set(cli, "net-profile", asked, "profile", asked->what)
                       : cli_usage("net", "profile takes a name: full, 5g, lte, hsdpa, umts, edge, "
                                          "gprs, gsm or lossy");
}

static gboolean is_rule(const char *action)
{
    return strcmp(action, "block") == 0 || strcmp(action, "allow") == 0 ||
           strcmp(action, "clear") == 0;
}

/* What the words ask for; only capture and rules have three of them. */
static int act(const struct cli *cli, const struct asked *asked)
{
    if (strcmp(asked->action, "up") == 0 || strcmp(asked->action, "down") == 0) {
        return set_link(cli, *asked);
    }
    if (strcmp(asked->action, "airplane") == 0) {
        return airplane(cli, asked);
    }
    if (strcmp(asked->action, "profile") == 0) {
        return profile(cli, asked);
    }
    if (strcmp(asked->action, "dns") == 0) {
        return dns(cli, asked);
    }
    if (strcmp(asked->action, "proxy") == 0) {
        return proxy(cli, asked);
    }
    if (strcmp(asked->action, "forward") == 0) {
        return forward(cli, *asked);
    }
    if (strcmp(asked->action, "unforward") == 0) {
        return unforward(cli, asked->what);
    }
    return cli_usage("net", "no such action: '%s'", asked->action);
}

int cli_net(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const struct asked asked = {
        .vm = print_text_of(parsed->own, "vm", NULL),
        .interface = print_text_of(parsed->own, "if", NULL),
        .action = print_text_of(parsed->own, "action", "show"),
        .what = print_text_of(parsed->own, "what", NULL),
        .file = print_text_of(parsed->own, "file", NULL),
    };

    if (strcmp(asked.action, "capture") == 0) {
        return capture(cli, &asked);
    }
    if (is_rule(asked.action)) {
        return rule(cli, &asked);
    }
    if (asked.file) {
        return cli_usage("net", "one argument too many: '%s'", asked.file);
    }
    if (strcmp(asked.action, "show") != 0) {
        return act(cli, &asked);
    }
    g_autoptr(JsonObject) request = request_for("net", &asked);
    return asked.what ? cli_usage("net", "one argument too many: '%s'", asked.what)
                      : command_call(cli, command, request);
}
