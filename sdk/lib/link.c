/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "link.h"

#include "wire.h"

/* Each operation of GIO that is under way holds a reference. */
struct booth_link {
    GSocketConnection *connection;
    GDataInputStream *in;
    GCancellable *end; /* cancelled: freed, or the connection has ended */
    struct booth_link_events events;
    GHashTable *waiting; /* struct call, by id */
    GQueue lines;        /* to be sent, the oldest is under way */
    gint64 next_id;
};

struct call {
    gint64 id;
    booth_reply_fn *done;
    gpointer data;
};

static void read_next(booth_link *link);
static void send_next(booth_link *link);

static void clear(gpointer data)
{
    booth_link *link = data;

    g_queue_clear_full(&link->lines, g_free);
    g_hash_table_unref(link->waiting);
    g_object_unref(link->end);
    g_object_unref(link->in);
    g_object_unref(link->connection);
}

static void drop(booth_link *link)
{
    g_rc_box_release_full(link, clear);
}

/* Only the first end counts. */
static void end(booth_link *link, const GError *why)
{
    GHashTableIter iter;
    gpointer value;

    if (g_cancellable_is_cancelled(link->end)) {
        return;
    }
    g_cancellable_cancel(link->end);
    g_hash_table_iter_init(&iter, link->waiting);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct call *call = value;
        if (call->done != NULL) {
            call->done(call->data, NULL, why);
        }
    }
    link->events.closed(link->events.data, why);
}

static void take_reply(booth_link *link, JsonObject *reply)
{
    g_autoptr(GError) error = NULL;
    gint64 id = json_object_get_int_member_with_default(reply, "id", 0);
    g_autofree struct call *call = NULL;

    if (!g_hash_table_steal_extended(link->waiting, &id, NULL, (gpointer *)&call)) {
        /* An error without an id is no answer to a request: `too-many` before the end. */
        g_autoptr(JsonObject) passed = booth_reply_check(json_object_ref(reply), &error);
        if (passed == NULL) {
            end(link, error);
        }
        return;
    }
    g_autoptr(JsonObject) answer = booth_reply_check(json_object_ref(reply), &error);
    if (call->done != NULL) {
        call->done(call->data, answer, error);
    }
}

static void on_line(GObject *source, GAsyncResult *result, gpointer data)
{
    booth_link *link = data;
    g_autoptr(GError) why = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *line =
        g_data_input_stream_read_line_finish(G_DATA_INPUT_STREAM(source), result, NULL, &why);
    g_autoptr(JsonObject) message = line ? wire_parse(line, &error) : NULL;

    if (g_cancellable_is_cancelled(link->end)) {
        drop(link);
        return;
    }
    if (line == NULL) {
        wire_set_closed(&error, why);
    }
    if (message == NULL) {
        end(link, error);
    } else if (json_object_has_member(message, "event")) {
        link->events.event(link->events.data, message);
    } else {
        take_reply(link, message);
    }
    read_next(link);
    drop(link);
}

static void read_next(booth_link *link)
{
    if (!g_cancellable_is_cancelled(link->end)) {
        g_data_input_stream_read_line_async(link->in, G_PRIORITY_DEFAULT, link->end, on_line,
                                            g_rc_box_acquire(link));
    }
}

/* What ended is told by the line that does not come any more. */
static void on_sent(GObject *source, GAsyncResult *result, gpointer data)
{
    booth_link *link = data;
    gboolean sent = g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL);

    g_free(g_queue_pop_head(&link->lines));
    if (sent) {
        send_next(link);
    }
    drop(link);
}

static void send_next(booth_link *link)
{
    const char *line = g_queue_peek_head(&link->lines);

    if (line != NULL && !g_cancellable_is_cancelled(link->end)) {
        GOutputStream *out = g_io_stream_get_output_stream(G_IO_STREAM(link->connection));
        g_output_stream_write_all_async(out, line, strlen(line), G_PRIORITY_DEFAULT, link->end,
                                        on_sent, g_rc_box_acquire(link));
    }
}

void booth_link_call(booth_link *link, JsonObject *request, booth_reply_fn *done, gpointer data)
{
    struct call *call;

    if (g_cancellable_is_cancelled(link->end)) {
        return;
    }
    call = g_new(struct call, 1);
    *call = (struct call){++link->next_id, done, data};
    g_hash_table_insert(link->waiting, &call->id, call);
    json_object_set_int_member(request, "id", call->id);
    g_queue_push_tail(&link->lines, wire_print(request));
    if (link->lines.length == 1) {
        send_next(link);
    }
}

booth_link *booth_link_new(const char *path, const struct booth_link_events *events, GError **error)
{
    GSocketConnection *connection = wire_connect(path, error);

    if (connection == NULL) {
        return NULL;
    }
    booth_link *link = g_rc_box_new0(booth_link);
    link->connection = connection;
    link->in = wire_lines(connection);
    link->end = g_cancellable_new();
    link->events = *events;
    link->waiting = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    g_queue_init(&link->lines);
    read_next(link);
    return link;
}

void booth_link_free(booth_link *link)
{
    if (link != NULL) {
        g_cancellable_cancel(link->end);
        drop(link);
    }
}
