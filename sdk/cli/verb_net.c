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

static void print_network(JsonObject *network)
{
    const char *capture = print_text_of(network, "capture", NULL);

    output_printf("%-12s %-4s %-6s in %.0f KiB, out %.0f KiB, %d frames lost\n",
                  print_text_of(network, "vm", "?"),
                  json_object_get_boolean_member_with_default(network, "up", FALSE) ? "up" : "down",
                  print_text_of(network, "profile", "?"),
                  (double)number(network, "bytes_in") / 1024,
                  (double)number(network, "bytes_out") / 1024, (int)number(network, "lost"));
    if (capture) {
        output_printf("%-12s frames are written to %s\n", "", capture);
    }
    print_each(network, "forwards", print_forward);
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

/* HOSTPORT:VM:PORT */
static int forward(const struct cli *cli, const char *rule)
{
    g_auto(GStrv) part = g_strsplit(rule ? rule : "", ":", -1);
    g_autoptr(JsonObject) request = cli_request("net-forward");

    if (g_strv_length(part) != 3 || !port_of(part[0]) || !*part[1] || !port_of(part[2])) {
        return cli_usage("net", "forward takes HOSTPORT:VM:PORT, such as 2222:personal:22");
    }
    json_object_set_int_member(request, "host_port", port_of(part[0]));
    json_object_set_string_member(request, "vm", part[1]);
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

static JsonObject *request_for(const char *verb, const char *vm)
{
    JsonObject *request = cli_request(verb);

    if (vm) {
        json_object_set_string_member(request, "vm", vm);
    }
    return request;
}

static int set(const struct cli *cli, const char *verb, const char *vm, const char *member,
               const char *value)
{
    g_autoptr(JsonObject) request = request_for(verb, vm);

    json_object_set_string_member(request, member, value);
    return cli_do(cli, request);
}

static int capture(const struct cli *cli, const char *vm, const char *what, const char *file)
{
    gboolean start = g_strcmp0(what, "start") == 0;

    if (start && file) {
        g_autofree char *path = g_canonicalize_filename(file, NULL);
        return set(cli, "net-capture", vm, "file", path);
    }
    if (!start && g_strcmp0(what, "stop") == 0 && !file) {
        g_autoptr(JsonObject) request = request_for("net-capture", vm);
        return cli_do(cli, request);
    }
    return cli_usage("net", "capture takes start FILE, or stop");
}

/* What the words ask for; only capture has three of them. */
static int act(const struct cli *cli, const char *vm, const char *action, const char *what)
{
    if (strcmp(action, "up") == 0 || strcmp(action, "down") == 0) {
        return what ? cli_usage("net", "one argument too many: '%s'", what)
                    : set(cli, "net-link", vm, "state", action);
    }
    if (strcmp(action, "profile") == 0) {
        return what ? set(cli, "net-profile", vm, "profile", what)
                    : cli_usage("net", "profile takes a name: full, 5g, lte, hsdpa, umts, edge, "
                                       "gprs, gsm or lossy");
    }
    if (strcmp(action, "forward") == 0) {
        return forward(cli, what);
    }
    if (strcmp(action, "unforward") == 0) {
        return unforward(cli, what);
    }
    return cli_usage("net", "no such action: '%s'", action);
}

int cli_net(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *vm = print_text_of(parsed->own, "vm", NULL);
    const char *action = print_text_of(parsed->own, "action", "show");
    const char *what = print_text_of(parsed->own, "what", NULL);
    const char *file = print_text_of(parsed->own, "file", NULL);

    if (strcmp(action, "capture") == 0) {
        return capture(cli, vm, what, file);
    }
    if (file) {
        return cli_usage("net", "one argument too many: '%s'", file);
    }
    if (strcmp(action, "show") != 0) {
        return act(cli, vm, action, what);
    }
    g_autoptr(JsonObject) request = request_for("net", vm);
    return what ? cli_usage("net", "one argument too many: '%s'", what)
                : command_call(cli, command, request);
}
