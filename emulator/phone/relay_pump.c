/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/relay_pump.h"

#define PIECE 32768

struct pump;

struct way {
    struct pump *pump;
    GSocketConnection *from, *to;
    char piece[PIECE];
};

struct pump {
    struct way way[2];
    unsigned busy; /* ways that wait for something */
    GCancellable *end;
    GDestroyNotify ended;
    gpointer opaque;
};

static void next(struct way *way);

static void leave(struct pump *pump)
{
    if (--pump->busy) {
        return;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(pump->way); i++) {
        g_io_stream_close(G_IO_STREAM(pump->way[i].from), NULL, NULL);
        g_object_unref(pump->way[i].from);
    }
    g_object_unref(pump->end);
    pump->ended(pump->opaque);
    g_free(pump);
}

/* A connection is half closed as its other end was; after an error both ways end. */
static void end(struct way *way, gboolean failed)
{
    if (failed) {
        g_cancellable_cancel(way->pump->end);
    } else {
        g_socket_shutdown(g_socket_connection_get_socket(way->to), FALSE, TRUE, NULL);
    }
    leave(way->pump);
}

static void on_written(GObject *stream, GAsyncResult *result, gpointer data)
{
    struct way *way = data;

    if (g_output_stream_write_all_finish(G_OUTPUT_STREAM(stream), result, NULL, NULL)) {
        next(way);
    } else {
        end(way, TRUE);
    }
}

static void on_read(GObject *stream, GAsyncResult *result, gpointer data)
{
    struct way *way = data;
    const gssize n = g_input_stream_read_finish(G_INPUT_STREAM(stream), result, NULL);

    if (n <= 0) {
        end(way, n < 0);
    } else {
        g_output_stream_write_all_async(g_io_stream_get_output_stream(G_IO_STREAM(way->to)),
                                        way->piece, (gsize)n, G_PRIORITY_DEFAULT, way->pump->end,
                                        on_written, way);
    }
}

static void next(struct way *way)
{
    g_input_stream_read_async(g_io_stream_get_input_stream(G_IO_STREAM(way->from)), way->piece,
                              sizeof(way->piece), G_PRIORITY_DEFAULT, way->pump->end, on_read, way);
}

void relay_pump(GSocketConnection *one, GSocketConnection *other, GDestroyNotify ended,
                gpointer opaque)
{
    struct pump *pump = g_new0(struct pump, 1);

    pump->way[0] = (struct way){.pump = pump, .from = g_object_ref(one), .to = other};
    pump->way[1] = (struct way){.pump = pump, .from = g_object_ref(other), .to = one};
    pump->busy = G_N_ELEMENTS(pump->way);
    pump->end = g_cancellable_new();
    pump->ended = ended;
    pump->opaque = opaque;
    next(&pump->way[0]);
    next(&pump->way[1]);
}
