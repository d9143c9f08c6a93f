/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The samples of a thread in their order: a function that is in several of them, one after the
 * other, is one slice. */
#include <json-glib/json-glib.h>

#include "samples.h"

enum { LONGEST_US = 100000 /* from a sample to the next: beyond it the thread did not run */ };

/* A thread, and the functions that it is in. */
struct thread {
    int number;
    gint64 begin[SAMPLES_DEEPEST]; /* of each of them */
    GPtrArray *function;
    gint64 last_us;
};

static JsonObject *event_of(const char *phase, int thread)
{
    JsonObject *event = json_object_new();

    json_object_set_string_member(event, "ph", phase);
    json_object_set_int_member(event, "pid", 1);
    json_object_set_int_member(event, "tid", thread);
    return event;
}

static void name_thread(JsonArray *events, int thread, const char *name)
{
    JsonObject *event = event_of("M", thread), *arguments = json_object_new();

    json_object_set_string_member(event, "name", "thread_name");
    json_object_set_string_member(arguments, "name", name);
    json_object_set_object_member(event, "args", arguments);
    json_array_add_object_element(events, event);
}

/* The functions from `depth` on end. */
static void leave(JsonArray *events, struct thread *thread, guint depth, gint64 time_us)
{
    while (thread->function->len > depth) {
        guint last = thread->function->len - 1;
        JsonObject *event = event_of("X", thread->number);

        json_object_set_string_member(event, "name", thread->function->pdata[last]);
        json_object_set_int_member(event, "ts", thread->begin[last]);
        json_object_set_int_member(event, "dur", MAX(1, time_us - thread->begin[last]));
        json_array_add_object_element(events, event);
        g_ptr_array_remove_index(thread->function, last);
    }
}

static void enter(JsonArray *events, struct thread *thread, const struct sample *sample)
{
    guint same = 0;

    if (sample->time_us - thread->last_us > LONGEST_US) {
        leave(events, thread, 0, thread->last_us);
    }
    while (same < thread->function->len && same < sample->function->len &&
           thread->function->pdata[same] == sample->function->pdata[same]) {
        same++;
    }
    leave(events, thread, same, sample->time_us);
    for (; same < sample->function->len; same++) {
        thread->begin[same] = sample->time_us;
        g_ptr_array_add(thread->function, sample->function->pdata[same]);
    }
    thread->last_us = sample->time_us;
}

static struct thread *thread_of(GHashTable *threads, JsonArray *events, const char *name)
{
    struct thread *thread = g_hash_table_lookup(threads, name);

    if (thread == NULL) {
        thread = g_new0(struct thread, 1);
        thread->number = (int)g_hash_table_size(threads) + 1;
        thread->function = g_ptr_array_new();
        g_hash_table_insert(threads, (gpointer)name, thread);
        name_thread(events, thread->number, name);
    }
    return thread;
}

static void thread_free(gpointer data)
{
    struct thread *thread = data;

    g_ptr_array_unref(thread->function);
    g_free(thread);
}

char *samples_timeline(const struct samples *samples)
{
    g_autoptr(GHashTable) threads =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, thread_free);
    JsonArray *events = json_array_new();
    g_autoptr(JsonObject) trace = json_object_new();
    g_autoptr(JsonNode) root = json_node_init_object(json_node_alloc(), trace);
    GHashTableIter all;
    gpointer thread;

    for (guint i = 0; i < samples->sample->len; i++) {
        const struct sample *sample = &g_array_index(samples->sample, struct sample, i);
        enter(events, thread_of(threads, events, sample->thread), sample);
    }
    g_hash_table_iter_init(&all, threads);
    while (g_hash_table_iter_next(&all, NULL, &thread)) {
        leave(events, thread, 0, ((struct thread *)thread)->last_us);
    }
    json_object_set_array_member(trace, "traceEvents", events);
    return json_to_string(root, FALSE);
}
