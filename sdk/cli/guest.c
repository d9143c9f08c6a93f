/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "output.h"
#include "print.h"

enum {
    ADB_PORT = 5555,
    CONNECT_SECONDS = 20,  /* until adbd says hello; an emulated CPU on a busy computer is slow */
    SILENCE_SECONDS = 600, /* of a command that booth runs itself */
    TRIES = 5,             /* a free port can be taken before the phone takes it */
    OUTPUT_MOST = 1 << 20,
};

/* ---- The way in -------------------------------------------------------------------------------
 */

static int refuse(const char *vm, GError *error)
{
    g_prefix_error(&error, "%s: ", vm);
    int code = cli_fail(error);
    g_error_free(error);
    return code;
}

static struct sockaddr_in loopback(guint16 port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* A port that nobody uses at the moment; 0: none. */
static guint16 free_port(void)
{
    struct sockaddr_in address = loopback(0);
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

/* vm NULL: the port is not forwarded any more. */
static gboolean forward(booth_client *client, const char *vm, const char *network, guint16 port,
                        GError **error)
{
    g_autoptr(JsonObject) request = cli_request("net-forward");

    json_object_set_int_member(request, "host_port", port);
    if (vm != NULL) {
        json_object_set_string_member(request, "vm", vm);
        json_object_set_string_member(request, "interface", network);
        json_object_set_int_member(request, "port", ADB_PORT);
    }
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);
    return reply != NULL;
}

/* A port that leads to adbd; 0: error. */
static guint16 forward_some(booth_client *client, const char *vm, GError **error)
{
    g_autofree char *network = working_network(client, vm, error);

    for (int i = 0; network != NULL && i < TRIES; i++) {
        guint16 port = free_port();

        g_clear_error(error);
        if (port != 0 && forward(client, vm, network, port, error)) {
            return port;
        }
        if (port != 0 && !g_error_matches(*error, BOOTH_ERROR, BOOTH_ERROR_IO)) {
            return 0;
        }
    }
    if (*error == NULL) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                            "this computer has no free TCP port");
    }
    return 0;
}

static struct adb *greet(guint16 port, GError **error)
{
    const struct sockaddr_in address = loopback(port);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (connect(descriptor, (const struct sockaddr *)&address, sizeof(address)) != 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot connect to port %u: %s", port,
                    g_strerror(errno));
        close(descriptor);
        return NULL;
    }
    return adb_new(descriptor, CONNECT_SECONDS, error);
}

/* A signal that ends booth has to wait meanwhile: the port would stay open. */
static struct adb *connect_through(booth_client *client, const char *vm, GError **error)
{
    sigset_t ending, before;

    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, &before);
    guint16 port = forward_some(client, vm, error);
    struct adb *adb = port != 0 ? greet(port, error) : NULL;
    if (port != 0) {
        forward(client, NULL, NULL, port, NULL);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return adb;
}

/* vm, or the name of the persona in front; NULL and error: none. */
static char *name_of(booth_client *client, const char *vm, double *uptime_s, GError **error)
{
    g_autoptr(JsonObject) request = cli_request("status");
    g_autoptr(JsonObject) reply = booth_client_call(client, request, error);

    if (reply == NULL) {
        return NULL;
    }
    *uptime_s = json_object_get_double_member_with_default(reply, "uptime_s", 0);
    const char *name = vm ? vm : print_text_of(reply, "front", NULL);
    if (name == NULL) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_BAD_STATE,
                            "no persona is in front yet; 'booth wait' waits for it");
    }
    return g_strdup(name);
}

int guest_open(const struct cli *cli, const char *vm, struct guest **guest)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);
    double uptime_s = 0;
    g_autofree char *name = client ? name_of(client, vm, &uptime_s, &error) : NULL;

    if (name == NULL) {
        return cli_fail(error);
    }
    struct adb *adb = connect_through(client, name, &error);
    if (adb == NULL) {
        return refuse(name, g_steal_pointer(&error));
    }
    *guest = g_new0(struct guest, 1);
    (*guest)->vm = g_steal_pointer(&name);
    (*guest)->adb = adb;
    (*guest)->uptime_s = uptime_s;
    return EXIT_DONE;
}

void guest_free(struct guest *guest)
{
    if (guest != NULL) {
        adb_free(guest->adb);
        g_free(guest->vm);
        g_free(guest);
    }
}

/* ---- Commands ---------------------------------------------------------------------------------
 */

gboolean guest_pass_on(gpointer data G_GNUC_UNUSED, enum adb_stream stream, const void *bytes,
                       gsize length, GError **error)
{
    if (stream == ADB_ERR) {
        fwrite(bytes, 1, length, stderr);
        return TRUE;
    }
    output_bytes(bytes, length);
    if (!output_flush()) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_IO, "");
        return FALSE;
    }
    return TRUE;
}

int guest_run(struct guest *guest, const struct adb_command *command, int *status)
{
    struct adb_command run = *command;
    GError *error = NULL;
    /* adbd's is a folder that only Android has */
    g_autofree char *line =
        command->line ? g_strconcat("unset TMPDIR\n", command->line, NULL) : NULL;

    run.line = line;
    *status = adb_run(guest->adb, &run, &error);
    if (*status >= 0) {
        return EXIT_DONE;
    }
    if (error->message[0] == '\0') { /* output_flush() has said it */
        g_error_free(error);
        return EXIT_LOCAL;
    }
    return refuse(guest->vm, error);
}

static gboolean collect(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                        GError **error)
{
    GString *text = data;

    if (stream == ADB_ERR) {
        return guest_pass_on(NULL, stream, bytes, length, error);
    }
    if (text->len + length > OUTPUT_MOST) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED, "it says too much");
        return FALSE;
    }
    g_string_append_len(text, bytes, (gssize)length);
    return TRUE;
}

int guest_ask(struct guest *guest, const char *line, char **output)
{
    return guest_ask_with(guest, line, -1, output);
}

int guest_ask_with(struct guest *guest, const char *line, int input, char **output)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const struct adb_command command = {.line = line,
                                        .input = input,
                                        .silence = SILENCE_SECONDS,
                                        .output = output ? collect : guest_pass_on,
                                        .data = text};
    int status;
    int code = guest_run(guest, &command, &status);

    if (output != NULL) {
        *output = g_strdup(text->str);
    }
    return code == EXIT_DONE && status != 0 ? EXIT_REFUSED : code;
}
