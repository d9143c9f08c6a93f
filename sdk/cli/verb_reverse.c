/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth reverse: a port of a persona's loopback leads to this computer. systemd in the persona
 * listens there, and passes connections on to what is the computer in the persona's network. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "guest.h"
#include "output.h"
#include "ports.h"
#include "print.h"

#define UNIT "phonebooth-reverse-"

/* The computer is the gateway of the network that the persona uses at the moment. */
#define ADD                                                                                      \
    "unit=" UNIT "$port\n"                                                                       \
    "systemctl stop $unit.socket $unit.service 2> /dev/null\n"                                   \
    "why=$(systemd-run -q --collect --unit=$unit --description=\"tcp:$port tcp:$host\" "         \
    "--socket-property=ListenStream=127.0.0.1:$port --socket-property=ListenStream=[::1]:$port " \
    "/bin/sh -c 'gateway=$(ip -4 route show default | sed -n \"1s/.*via "                        \
    "\\([0-9.]*\\).*/\\1/p\")\n"                                                                 \
    "exec /usr/lib/systemd/systemd-socket-proxyd --exit-idle-time=10 $gateway:'$host 2>&1) &&\n" \
    "systemctl -q is-active $unit.socket && exit\n"                                              \
    "echo \"booth: port $port of the persona cannot be listened at; does a program have it?\" "  \
    ">&2; exit 1\n"

#define REMOVE                                                                                   \
    "unit=" UNIT "$port\n"                                                                       \
    "systemctl -q is-active $unit.socket ||\n"                                                   \
    "  { echo \"booth: port $port leads nowhere; 'booth reverse --list' lists what does\" >&2; " \
    "exit 1; }\n"                                                                                \
    "systemctl stop $unit.socket $unit.service 2> /dev/null || :\n"

#define REMOVE_ALL "systemctl stop '" UNIT "*'"

#define LIST                                                                                       \
    "for unit in $(systemctl list-units --plain --no-legend '" UNIT "*.socket' | cut -d' ' -f1)\n" \
    "do systemctl show -P Description $unit; done"

static gboolean number_of(const char *word, gint64 *number)
{
    guint16 port;
    gboolean is = ports_parse_one(word, FALSE, &port);

    *number = is ? port : 0;
    return is;
}

/* `text`: a line "tcp:PORT tcp:HOSTPORT" for each. */
static void print_reverses(const char *vm, const char *text, gboolean json)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(JsonObject) all = json_object_new();
    JsonArray *reverses = json_array_new();

    json_object_set_array_member(all, "reverses", reverses);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", 3);
        gint64 port, host_port;

        if (g_strv_length(words) != 2 || !number_of(words[0], &port) ||
            !number_of(words[1], &host_port)) {
            continue;
        }
        if (!json) {
            output_printf("%s tcp:%d tcp:%d\n", vm, (int)port, (int)host_port);
            continue;
        }
        JsonObject *reverse = json_object_new();
        json_object_set_string_member(reverse, "vm", vm);
        json_object_set_int_member(reverse, "port", port);
        json_object_set_int_member(reverse, "host_port", host_port);
        json_array_add_object_element(reverses, reverse);
    }
    if (json) {
        print_json(all);
    }
}

static int list(struct guest *guest, gboolean json)
{
    g_autofree char *text = NULL;
    int code = guest_ask(guest, LIST, &text);

    if (code == EXIT_DONE) {
        print_reverses(guest->vm, text, json);
    }
    return code;
}

/* The line for the persona's shell; NULL: the command line makes no sense. */
static char *line_of(JsonObject *own)
{
    const char *first = print_text_of(own, "from", NULL);
    const char *removed = print_text_of(own, "remove", NULL);
    gboolean all = json_object_has_member(own, "remove-all");
    struct ports ports;
    guint16 port;

    if ((first != NULL) + (removed != NULL) + all != 1) {
        return NULL;
    }
    if (all) {
        return g_strdup(REMOVE_ALL);
    }
    if (removed != NULL) {
        return ports_parse_one(removed, FALSE, &port) ? g_strdup_printf("port=%d\n" REMOVE, port)
                                                      : NULL;
    }
    return ports_parse(first, print_text_of(own, "to", NULL), &ports) && ports.from != 0
               ? g_strdup_printf("port=%d host=%d\n" ADD, ports.from, ports.to)
               : NULL;
}

int cli_reverse(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    gboolean lists = json_object_has_member(parsed->own, "list");
    g_autofree char *line = line_of(parsed->own);
    g_autoptr(guest) guest = NULL;

    if (lists == (line != NULL) || (lists && json_object_has_member(parsed->own, "from"))) {
        return cli_usage(command->name, "it takes PORT:HOSTPORT, such as 3000:3000, --list, "
                                        "--remove PORT or --remove-all");
    }
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    if (code != EXIT_DONE) {
        return code;
    }
    return lists ? list(guest, cli->json) : guest_ask(guest, line, NULL);
}
