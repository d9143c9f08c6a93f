/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "output.h"
#include "port.h"
#include "say.h"

enum {
    ADB_PORT = 5555,
    SILENCE_SECONDS = 600, /* of a command that booth runs itself */
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

/*
 * Seconds until adbd says hello, of one connection after the other: an emulated CPU on a busy
 * computer is slow, but what wakes a persona is lost, and TCP asks again after ever longer times.
 */
static const guint patience[] = {5, 5, 20};

static struct adb *greet_once(guint16 port, guint seconds, GError **error)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (connect(descriptor, (const struct sockaddr *)&address, sizeof(address)) != 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot connect to port %u: %s", port,
                    g_strerror(errno));
        close(descriptor);
        return NULL;
    }
    /* A debugger asks little, and often: no packet waits until the one before is confirmed. */
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    return adb_new(descriptor, seconds, error);
}

static struct adb *greet(guint16 port, GError **error)
{
    struct adb *adb = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(patience) && adb == NULL; i++) {
        g_clear_error(error);
        adb = greet_once(port, patience[i], error);
        if (!g_error_matches(*error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT)) {
            break;
        }
    }
    return adb;
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
    guint16 port = port_forward_some(client, vm, ADB_PORT, error);
    struct adb *adb = port != 0 ? greet(port, error) : NULL;
    if (port != 0) {
        port_close(client, port, NULL);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return adb;
}

int guest_open(const struct cli *cli, const char *vm, struct guest **guest)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = cli_socket(cli);
    g_autoptr(booth_client) client = booth_client_new(path, &error);
    double uptime_s = 0;
    g_autofree char *name = client ? port_persona(client, vm, &uptime_s, &error) : NULL;

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
    (*guest)->json = cli->json;
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
        say_bytes(bytes, length);
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

/* A command that booth runs itself. */
struct asking {
    struct guest *guest;
    GString *text; /* what it prints; NULL: it is passed on */
};

static gboolean take(gpointer data, enum adb_stream stream, const void *bytes, gsize length,
                     GError **error)
{
    const struct asking *asking = data;

    if (stream == ADB_ERR && asking->guest->transfer != NULL) {
        transfer_said(asking->guest->transfer, bytes, length);
        return TRUE;
    }
    if (stream == ADB_ERR || asking->text == NULL) {
        return guest_pass_on(NULL, stream, bytes, length, error);
    }
    if (asking->text->len + length > OUTPUT_MOST) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_REFUSED, "it says too much");
        return FALSE;
    }
    g_string_append_len(asking->text, bytes, (gssize)length);
    return TRUE;
}

static void on_sent(gpointer data, gsize length)
{
    const struct asking *asking = data;

    if (asking->guest->transfer != NULL) {
        transfer_add(asking->guest->transfer, length);
    }
}

int guest_ask(struct guest *guest, const char *line, char **output)
{
    return guest_ask_with(guest, line, -1, output);
}

int guest_ask_with(struct guest *guest, const char *line, int input, char **output)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct asking asking = {guest, output ? text : NULL};
    const struct adb_command command = {.line = line,
                                        .input = input,
                                        .silence = SILENCE_SECONDS,
                                        .output = take,
                                        .data = &asking,
                                        .sent = on_sent,
                                        .sent_data = &asking};
    int status;
    int code = guest_run(guest, &command, &status);

    if (output != NULL) {
        *output = g_strdup(text->str);
    }
    return code == EXIT_DONE && status != 0 ? EXIT_REFUSED : code;
}
