/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "port.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "print.h"

enum { TRIES = 5 /* a free port can be taken before the phone takes it */ };

char *port_persona(booth_client *client, const char *vm, double *uptime_s, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("status");
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);

    if (reply == NULL) {
        return NULL;
    }
    if (uptime_s != NULL) {
        *uptime_s = json_object_get_double_member_with_default(reply, "uptime_s", 0);
    }
    const char *name = vm ? vm : print_text_of(reply, "front", NULL);
    if (name == NULL) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_BAD_STATE,
                            "no persona is in front yet; 'booth wait' waits for it");
    }
    return g_strdup(name);
}

/* A port that nobody uses at the moment; 0: none. */
static guint16 free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    gboolean found = bind(descriptor, (struct sockaddr *)&address, length) == 0 &&
                     getsockname(descriptor, (struct sockaddr *)&address, &length) == 0;

    close(descriptor);
    return found ? ntohs(address.sin_port) : 0;
}

/* A persona's network that is up, or NULL and an error; free with g_free(). */
static char *working_network(booth_client *client, const char *vm, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("net");

    json_object_set_string_member(request, "vm", vm);
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    JsonArray *networks = reply ? json_object_get_array_member(reply, "networks") : NULL;

    for (guint i = 0; networks != NULL && i < json_array_get_length(networks); i++) {
        JsonObject *network = json_array_get_object_element(networks, i);
        if (json_object_get_boolean_member_with_default(network, "up", FALSE) &&
            !json_object_get_boolean_member_with_default(network, "airplane", FALSE)) {
            return g_strdup(print_text_of(network, "interface", "wifi"));
        }
    }
    if (reply != NULL) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_BAD_STATE,
                            "it has no network that is up, and booth comes in by that; see "
                            "'booth help net'");
    }
    return NULL;
}

static gboolean forward(booth_client *client, const char *vm, const char *network,
                        guint16 host_port, guint16 port, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("net-forward");

    json_object_set_int_member(request, "host_port", host_port);
    if (vm != NULL) {
        json_object_set_string_member(request, "vm", vm);
        json_object_set_string_member(request, "interface", network);
        json_object_set_int_member(request, "port", port);
    }
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    return reply != NULL;
}

gboolean port_forward(booth_client *client, const char *vm, guint16 host_port, guint16 port,
                      GError **error)
{
    g_autofree char *network = working_network(client, vm, error);

    return network != NULL && forward(client, vm, network, host_port, port, error);
}

guint16 port_forward_some(booth_client *client, const char *vm, guint16 port, GError **error)
{
    g_autofree char *network = working_network(client, vm, error);

    for (int i = 0; network != NULL && i < TRIES; i++) {
        guint16 host_port = free_port();

        g_clear_error(error);
        if (host_port != 0 && forward(client, vm, network, host_port, port, error)) {
            return host_port;
        }
        if (host_port != 0 && !g_error_matches(*error, BOOTH_ERROR, BOOTH_ERROR_IO)) {
            return 0;
        }
    }
    if (*error == NULL) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                            "this computer has no free TCP port");
    }
    return 0;
}

gboolean port_close(booth_client *client, guint16 host_port, GError **error)
{
    return forward(client, NULL, NULL, host_port, 0, error);
}
