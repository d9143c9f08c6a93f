/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "talk.h"

#include <string.h>

#include "wire.h"

enum { READ_SIZE = 64 * 1024, LINE_MAX_BYTES = 64 * 1024 * 1024 };

/* Reference-counted: a callback may free it. */
struct talk {
    GSocketConnection *connection;
    GSocket *socket; /* the connection's */
    struct talk_hooks hooks;
    GHashTable *waiting; /* struct call, by id */
    GByteArray *in;      /* what has come and is no whole line yet */
    GString *out;        /* what is not sent yet */
    gint64 next_id;
    GError *end; /* NULL: it goes on */
    gboolean freed;
};

struct call {
    gint64 id;
    talk_reply_fn *done;
    gpointer data;
    GDestroyNotify destroy; /* of data; NULL: none */
};

static void call_free(struct call *call)
{
    if (call->destroy != NULL) {
        call->destroy(call->data);
    }
    g_free(call);
}

static void clear(gpointer data)
{
    struct talk *talk = data;

    g_hash_table_unref(talk->waiting);
    g_byte_array_unref(talk->in);
    g_string_free(talk->out, TRUE);
    g_clear_error(&talk->end);
    g_object_unref(talk->connection);
}

static void drop(struct talk *talk)
{
    g_rc_box_release_full(talk, clear);
}

static gboolean is_over(const struct talk *talk)
{
    return talk->freed || talk->end != NULL;
}

struct talk *talk_new(GSocketConnection *connection, const struct talk_hooks *hooks)
{
    struct talk *talk = g_rc_box_new0(struct talk);

    talk->connection = connection;
    talk->socket = g_socket_connection_get_socket(connection);
    g_socket_set_blocking(talk->socket, FALSE);
    talk->hooks = *hooks;
    talk->waiting =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)call_free);
    talk->in = g_byte_array_new();
    talk->out = g_string_new(NULL);
    return talk;
}

void talk_free(struct talk *talk)
{
    if (talk != NULL) {
        talk->freed = TRUE;
        drop(talk);
    }
}

/* The calls that are left, the oldest first. */
static GList *take_calls(struct talk *talk)
{
    GList *calls = NULL;

    for (gint64 id = 1; id <= talk->next_id && g_hash_table_size(talk->waiting) > 0; id++) {
        gpointer call = NULL;
        if (g_hash_table_steal_extended(talk->waiting, &id, NULL, &call)) {
            calls = g_list_prepend(calls, call);
        }
    }
    return g_list_reverse(calls);
}

/* Only the first end counts. */
static void end(struct talk *talk, const GError *why)
{
    if (is_over(talk)) {
        return;
    }
    talk->end = g_error_copy(why);
    GList *calls = take_calls(talk);
    for (GList *each = calls; each != NULL && !talk->freed; each = each->next) {
        const struct call *call = each->data;
        call->done(call->data, NULL, talk->end);
    }
    g_list_free_full(calls, (GDestroyNotify)call_free);
    if (!talk->freed) {
        talk->hooks.closed(talk->hooks.data, talk->end);
    }
}

static void take_reply(struct talk *talk, JsonObject *reply)
{
    g_autoptr(GError) error = NULL;
    struct call *call = NULL;
    gint64 id = json_object_get_int_member_with_default(reply, "id", 0);
    gboolean found =
        g_hash_table_steal_extended(talk->waiting, &id, NULL, (gpointer *)(void *)&call);

    if (!found && json_object_has_member(reply, "id") &&
        !json_object_get_null_member(reply, "id")) {
        return; /* to a request that nobody waits for */
    }
    g_autoptr(JsonObject) passed = booth_reply_check(json_object_ref(reply), &error);
    if (found) {
        call->done(call->data, passed, error);
        call_free(call);
    } else if (error != NULL) {
        end(talk, error); /* it is about the connection: `too-many` before the end */
    }
}

static void take_line(struct talk *talk, const char *line)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) message = wire_parse(line, &error);

    if (message == NULL) {
        end(talk, error);
    } else if (json_object_has_member(message, "event")) {
        talk->hooks.event(talk->hooks.data, message);
    } else {
        take_reply(talk, message);
    }
}

/* Takes the whole lines of what has come; `fresh` bytes of it are new. */
static void take_lines(struct talk *talk, gsize fresh)
{
    gsize looked = talk->in->len - fresh, start = 0;
    guint8 *newline;

    while (!is_over(talk) &&
           (newline = memchr(talk->in->data + looked, '\n', talk->in->len - looked)) != NULL) {
        *newline = '\0';
        looked = (gsize)(newline - talk->in->data) + 1;
        take_line(talk, (const char *)talk->in->data + start);
        start = looked;
    }
    if (start > 0) {
        g_byte_array_remove_range(talk->in, 0, (guint)start);
    }
    if (talk->in->len > LINE_MAX_BYTES) {
        g_autoptr(GError) error =
            g_error_new_literal(BOOTH_ERROR, BOOTH_ERROR_PROTOCOL, "the answer does not end");
        end(talk, error);
    }
}

static void end_closed(struct talk *talk, const GError *why)
{
    g_autoptr(GError) error = NULL;

    wire_set_closed(&error, why);
    end(talk, error);
}

static void read_all(struct talk *talk)
{
    while (!is_over(talk)) {
        g_autoptr(GError) why = NULL;
        guint before = talk->in->len;
        g_byte_array_set_size(talk->in, before + READ_SIZE);
        gssize got =
            g_socket_receive(talk->socket, (char *)talk->in->data + before, READ_SIZE, NULL, &why);
        g_byte_array_set_size(talk->in, before + (guint)MAX(got, 0));
        if (g_error_matches(why, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
            return;
        }
        if (got <= 0) {
            end_closed(talk, why);
        } else {
            take_lines(talk, (gsize)got);
        }
    }
}

/* A connection that takes no more is told by what can be read from it: the phone's reason may still
 * come. */
static void write_all(struct talk *talk)
{
    while (!is_over(talk) && talk->out->len > 0) {
        gssize sent = g_socket_send(talk->socket, talk->out->str, talk->out->len, NULL, NULL);
        if (sent <= 0) {
            return;
        }
        g_string_erase(talk->out, 0, sent);
    }
}

gint64 talk_call(struct talk *talk, JsonObject *request, talk_reply_fn *done, gpointer data,
                 GDestroyNotify destroy)
{
    struct call *call = g_new(struct call, 1);

    *call = (struct call){++talk->next_id, done, data, destroy};
    if (is_over(talk)) {
        call_free(call);
        return 0;
    }
    g_hash_table_insert(talk->waiting, &call->id, call);
    json_object_set_int_member(request, "id", call->id);
    g_autofree char *line = wire_print(request);
    g_string_append(talk->out, line);
    write_all(talk);
    return call->id;
}

void talk_forget(struct talk *talk, gint64 id)
{
    g_hash_table_remove(talk->waiting, &id);
}

int talk_fd(const struct talk *talk)
{
    return g_socket_get_fd(talk->socket);
}

GIOCondition talk_wants(const struct talk *talk)
{
    if (is_over(talk)) {
        return 0;
    }
    return talk->out->len > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN;
}

void talk_move(struct talk *talk)
{
    g_rc_box_acquire(talk);
    write_all(talk);
    read_all(talk);
    drop(talk);
}

gboolean talk_wait(struct talk *talk, GCancellable *cancellable, GError **error)
{
    if (is_over(talk)) {
        g_propagate_error(error, g_error_copy(talk->end));
        return FALSE;
    }
    if (!g_socket_condition_wait(talk->socket, talk_wants(talk), cancellable, error)) {
        return FALSE;
    }
    talk_move(talk);
    return TRUE;
}

const GError *talk_end(const struct talk *talk)
{
    return talk->end;
}

pid_t talk_peer(const struct talk *talk)
{
    g_autoptr(GCredentials) peer = g_socket_get_credentials(talk->socket, NULL);

    return peer ? g_credentials_get_unix_pid(peer, NULL) : -1;
}
