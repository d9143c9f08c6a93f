/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "errors.h"
#include "wire.h"

/* clang-format off: the first argument is a word */
G_DEFINE_QUARK(booth - error, booth_error)
/* clang-format on */

struct booth_client {
    GSocketConnection *connection;
    GDataInputStream *in;
    GQueue events; /* JsonObject, oldest first */
    gint64 next_id;
    booth_event_fn *watch; /* NULL: events are kept */
    gpointer watch_data;
};

static enum booth_error code_of(const char *word)
{
    for (const struct error_word *known = error_words; known->word != NULL; known++) {
        if (g_strcmp0(word, known->word) == 0) {
            return known->code;
        }
    }
    return BOOTH_ERROR_OTHER;
}

char *booth_socket_path(const char *name)
{
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    if (name == NULL) {
        name = "default";
    }
    if (runtime != NULL && runtime[0] == '/') {
        return g_build_filename(runtime, "phonebooth", name, "control.sock", NULL);
    }
    g_autofree char *base = g_strdup_printf("/tmp/phonebooth-%u", (unsigned)getuid());
    return g_build_filename(base, name, "control.sock", NULL);
}

booth_client *booth_client_new(const char *path, GError **error)
{
    GSocketConnection *connection = wire_connect(path, error);

    if (connection == NULL) {
        return NULL;
    }
    booth_client *client = g_new0(booth_client, 1);
    client->connection = connection;
    client->in = wire_lines(connection);
    g_queue_init(&client->events);
    return client;
}

void booth_client_free(booth_client *client)
{
    if (client == NULL) {
        return;
    }
    g_queue_clear_full(&client->events, (GDestroyNotify)json_object_unref);
    g_object_unref(client->in);
    g_object_unref(client->connection);
    g_free(client);
}

/* One line from the phone as an object, or NULL with BOOTH_ERROR_PROTOCOL. */
static JsonObject *read_object(booth_client *client, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *line = g_data_input_stream_read_line(client->in, NULL, NULL, &why);

    if (line == NULL) {
        wire_set_closed(error, why);
        return NULL;
    }
    return wire_parse(line, error);
}

static gboolean send_object(booth_client *client, JsonObject *object, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autofree char *line = wire_print(object);
    GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(client->connection));
    if (!g_output_stream_write_all(out, line, strlen(line), NULL, NULL, &why)) {
        g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_PROTOCOL, "cannot send to the phone: %s",
                    why->message);
        return FALSE;
    }
    return TRUE;
}

JsonObject *booth_reply_check(JsonObject *reply, GError **error)
{
    if (json_object_get_boolean_member_with_default(reply, "ok", FALSE)) {
        return reply;
    }
    const char *word = json_object_get_string_member_with_default(reply, "error", "");
    const char *text = json_object_get_string_member_with_default(reply, "message", "no reason");
    g_set_error(error, BOOTH_ERROR, (gint)code_of(word), "%s", text);
    json_object_unref(reply);
    return NULL;
}

void booth_client_watch(booth_client *client, booth_event_fn *watch, gpointer data)
{
    client->watch = watch;
    client->watch_data = data;
}

/* Takes event. */
static void take_event(booth_client *client, JsonObject *event)
{
    if (client->watch != NULL) {
        client->watch(client->watch_data, event);
        json_object_unref(event);
    } else {
        g_queue_push_tail(&client->events, event);
    }
}

JsonObject *booth_client_call(booth_client *client, JsonObject *request, GError **error)
{
    gint64 id = ++client->next_id;

    json_object_set_int_member(request, "id", id);
    if (!send_object(client, request, error)) {
        return NULL;
    }
    for (;;) {
        JsonObject *object = read_object(client, error);
        if (object == NULL) {
            return NULL;
        }
        if (json_object_has_member(object, "event")) {
            take_event(client, object);
        } else if (!json_object_has_member(object, "id") ||
                   json_object_get_null_member(object, "id") ||
                   json_object_get_int_member_with_default(object, "id", 0) == id) {
            return booth_reply_check(object, error);
        } else {
            json_object_unref(object); /* reply to a request that nobody waits for */
        }
    }
}

JsonObject *booth_client_event(booth_client *client, GError **error)
{
    JsonObject *object = g_queue_pop_head(&client->events);

    while (object == NULL) {
        object = read_object(client, error);
        if (object == NULL) {
            return NULL;
        }
        if (!json_object_has_member(object, "event")) {
            g_clear_pointer(&object, json_object_unref);
        }
    }
    return object;
}

/* Whether a process runs. One that has ended and that nobody has asked about, a zombie, does not.
 */
static gboolean runs(pid_t pid)
{
    g_autofree char *file = g_strdup_printf("/proc/%d/stat", (int)pid);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(file, &text, NULL, NULL)) {
        return kill(pid, 0) == 0;
    }
    /* "PID (NAME) STATE ...", proc(5): the first thread is a zombie while others still end and hold
     * the files. */
    const char *name_end = strrchr(text, ')');
    char state = '\0';
    long threads = 0;
    if (name_end == NULL || sscanf(name_end,
                                   ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d "
                                   "%*d %*d %ld",
                                   &state, &threads) != 2) {
        return FALSE;
    }
    return strchr("ZX", state) == NULL || threads > 1;
}

gboolean booth_client_wait_end(booth_client *client, guint seconds, GError **error)
{
    g_autoptr(GCredentials) peer =
        g_socket_get_credentials(g_socket_connection_get_socket(client->connection), NULL);
    pid_t pid = peer ? g_credentials_get_unix_pid(peer, NULL) : -1;

    for (JsonObject *event; (event = booth_client_event(client, NULL)) != NULL;) {
        take_event(client, event); /* the connection closes when the disks are flushed */
    }
    for (gint64 end = g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND;
         pid > 0 && runs(pid);) {
        if (g_get_monotonic_time() > end) {
            g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT,
                        "the phone's process %d has not ended after %u s", (int)pid, seconds);
            return FALSE;
        }
        g_usleep(G_USEC_PER_SEC / 50);
    }
    return TRUE;
}
