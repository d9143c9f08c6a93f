/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/server.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "control/message.h"
#include "control/verbs.h"
#include "phone/clock.h"

#define CLIENTS_MAX 32

void server_after(struct server *server, unsigned ms, GSourceFunc fn, gpointer data)
{
    g_autoptr(GSource) source = clock_timeout_new(ms, CLOCK_DRIVES);
    g_source_set_callback(source, fn, data, NULL);
    g_source_attach(source, server->config.phone->context);
}

static struct session *find_session(struct server *server, struct client *client)
{
    for (guint i = 0; i < server->sessions->len; i++) {
        struct session *session = g_ptr_array_index(server->sessions, i);
        if (session->client == client) {
            return session;
        }
    }
    return NULL;
}

static struct request *new_request(struct session *session, JsonNode *id, JsonObject *args)
{
    struct request *request = g_new0(struct request, 1);

    request->session = session;
    request->server = session->server;
    request->client = client_ref(session->client);
    request->id = id;
    request->args = json_object_ref(args);
    session->waiting++;
    g_ptr_array_add(session->server->requests, request);
    return request;
}

static void run_request(struct request *request)
{
    const char *name = message_verb(request->args);
    const struct schema_verb *verb;
    g_autofree char *wrong = NULL;

    if (!name) {
        request_fail(request, "bad-request", "'verb' is missing or is no string");
        return;
    }
    verb = schema_find(name);
    if (!verb) {
        request_fail(request, "unknown-verb", "no verb '%.64s'", name);
        return;
    }
    wrong = args_check(request->args, verb->args);
    if (wrong) {
        request_fail(request, "bad-request", "%s: %s", verb->name, wrong);
    } else if (request->session->waiting > SESSION_WAITING_MAX) {
        request_fail(request, "busy", "%d requests of this client wait already",
                     SESSION_WAITING_MAX);
    } else if (request_possible(request, verb->needs)) {
        session_tell_request(request);
        args_fill(request->args, verb->args);
        verb_functions[verb - schema_verbs](request);
    }
}

static void on_request(void *opaque, struct client *client, JsonObject *args)
{
    struct session *session = find_session(opaque, client);
    JsonNode *id;

    if (!message_id(args, &id)) {
        client_send_error(
            client, NULL, "bad-request",
            "'id' must be a number up to 2^53 in size or a string of at most 64 bytes");
        return;
    }
    run_request(new_request(session, id, args));
}

/*
 * What only the client waits for ends with it, what it holds down goes up. What was begun, a VM
 * that starts, goes on, and its reply goes nowhere.
 */
static void on_closed(void *opaque, struct client *client)
{
    struct server *server = opaque;
    struct session *session = find_session(server, client);

    for (guint i = server->requests->len; i > 0; i--) {
        struct request *request = g_ptr_array_index(server->requests, i - 1);
        if (request->session == session && request->cancel) {
            request->cancel(request);
        } else if (request->session == session) {
            request->session = NULL;
        }
    }
    g_ptr_array_remove_fast(server->sessions, session);
    input_source_free(session->source);
    g_free(session);
    client_unref(client);
}

static gboolean on_incoming(GSocketService *service G_GNUC_UNUSED, GSocketConnection *connection,
                            GObject *source G_GNUC_UNUSED, gpointer data)
{
    struct server *server = data;
    struct session *session = g_new0(struct session, 1);
    struct client_events events = {on_request, on_closed, server};

    session->server = server;
    session->source = input_source_new(server->config.input);
    session->client = client_new(server->config.phone->context, connection, &events);
    g_ptr_array_add(server->sessions, session);
    if (server->sessions->len > CLIENTS_MAX) {
        client_send_error(session->client, NULL, "too-many", "32 clients are connected already");
        client_close(session->client);
    }
    return TRUE;
}

static void on_change(void *opaque, enum phone_change change, struct phone_vm *vm,
                      const struct vmlog *log)
{
    struct server *server = opaque;

    for (guint i = 0; i < server->sessions->len; i++) {
        struct session *session = g_ptr_array_index(server->sessions, i);
        if (change == PHONE_CONSOLE) {
            session_send_console(session, log);
        } else {
            session_tell(session, change, vm);
        }
    }
    if (change != PHONE_CONSOLE) {
        waiters_check(server);
    }
}

static bool remove_leftover(const char *path, GError **error)
{
    struct stat info;

    if (strlen(path) >= sizeof(((struct sockaddr_un *)0)->sun_path)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
                    "the path of the control socket, %s, is too long (107 bytes at most); "
                    "give a shorter one with --control",
                    path);
        return false;
    }
    if (lstat(path, &info) == 0 && !S_ISSOCK(info.st_mode)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                    "%s exists and is no socket; give another path with --control", path);
        return false;
    }
    unlink(path);
    return true;
}

/* The umask makes the socket private from its first moment. */
static bool listen_at(struct server *server, GError **error)
{
    g_autoptr(GSocketAddress) address = NULL;
    g_autoptr(GError) why = NULL;
    mode_t mask;
    bool done;

    if (!remove_leftover(server->config.path, error)) {
        return false;
    }
    address = g_unix_socket_address_new(server->config.path);
    mask = umask(0177);
    done = g_socket_listener_add_address(G_SOCKET_LISTENER(server->service), address,
                                         G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL,
                                         NULL, &why);
    umask(mask);
    if (!done) {
        g_set_error(error, G_IO_ERROR, why->code, "cannot make the control socket %s: %s",
                    server->config.path, why->message);
    }
    return done;
}

struct server *server_new(const struct server_config *config, GError **error)
{
    struct server *server = g_new0(struct server, 1);

    server->config = *config;
    server->kept = input_source_new(config->input);
    server->sessions = g_ptr_array_new();
    server->requests = g_ptr_array_new();
    server->waiters = g_ptr_array_new();
    g_main_context_push_thread_default(config->phone->context);
    server->service = g_socket_service_new();
    g_socket_listener_set_backlog(G_SOCKET_LISTENER(server->service), 2 * CLIENTS_MAX);
    g_signal_connect(server->service, "incoming", G_CALLBACK(on_incoming), server);
    bool listening = listen_at(server, error);
    g_main_context_pop_thread_default(config->phone->context);
    if (!listening) {
        g_clear_object(&server->service);
        server_free(server);
        return NULL;
    }
    phone_observe(config->phone, on_change, server);
    return server;
}

void server_free(struct server *server)
{
    if (!server) {
        return;
    }
    if (server->service) {
        g_socket_service_stop(server->service);
        g_socket_listener_close(G_SOCKET_LISTENER(server->service));
        g_object_unref(server->service);
        unlink(server->config.path);
    }
    while (server->sessions->len > 0) {
        struct session *session = g_ptr_array_index(server->sessions, 0);
        client_close(session->client);
    }
    tracer_free(server->tracer);
    input_source_free(server->kept);
    g_ptr_array_unref(server->sessions);
    g_ptr_array_unref(server->requests);
    g_ptr_array_unref(server->waiters);
    g_free(server);
}
