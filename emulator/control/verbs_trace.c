/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace: the switchboard tells EL2 to begin and to end, the rings are read as physical memory
 * meanwhile, a thread of its own writes the file.
 */
#include <string.h>

#include "machine/clocks.h"
#include "machine/machine.h"
#include "machine/memory.h"
#include "control/target.h"
#include "control/session.h"
#include "control/verbs.h"
#include "phone/trace.h"

#define PERIOD_MS 10
#define SERVICE_S 10

struct tracer {
    struct server *server;
    struct request *request; /* start or stop, to be answered; NULL: it runs */
    struct trace *trace;
    GSource *timer;
    bool copying; /* a copy is on its way */
    bool ending;  /* EL2 has ended; the copy on its way may be older than that */
    bool last;    /* the copy on its way is the last */
    struct pb_table table;
    struct pb_trace memory; /* the copy */
    struct {
        bool known;
        unsigned vm;
        uint64_t offset;
    } clock[PB_MAX_PCPUS]; /* what each CPU has loaded, at the copy */
    uint64_t hz;
    GError *error;
};

void tracer_free(struct tracer *tracer)
{
    if (!tracer) {
        return;
    }
    if (tracer->timer) {
        g_source_destroy(tracer->timer);
        g_source_unref(tracer->timer);
    }
    trace_free(tracer->trace);
    g_clear_error(&tracer->error);
    tracer->server->tracer = NULL;
    g_free(tracer);
}

static gboolean answer_stop(gpointer data)
{
    struct tracer *tracer = data;
    const char *file = args_string(tracer->request->args, "file", NULL);
    JsonObject *body = json_object_new();

    if (tracer->error) {
        request_fail_with(tracer->request, body, "io", "no trace: %s", tracer->error->message);
    } else {
        if (file) {
            json_object_set_string_member(body, "file", file);
        }
        json_object_set_int_member(body, "records", trace_records(tracer->trace));
        json_object_set_int_member(body, "lost", (gint64)trace_lost(tracer->trace));
        json_object_set_double_member(body, "seconds", trace_seconds(tracer->trace));
        request_ok(tracer->request, body);
    }
    tracer_free(tracer);
    return G_SOURCE_REMOVE;
}

static gpointer write_file(gpointer data)
{
    struct tracer *tracer = data;
    const char *file = args_string(tracer->request->args, "file", NULL);
    char *temporary = NULL;
    FILE *out = target_open(file, &temporary, &tracer->error);

    if (out) {
        trace_print(tracer->trace, out);
        target_close(out, temporary, file, &tracer->error);
    }
    phone_invoke(tracer->server->config.phone, answer_stop, tracer);
    return NULL;
}

static void finish(struct tracer *tracer)
{
    if (args_string(tracer->request->args, "file", NULL)) {
        g_thread_unref(g_thread_new("trace", write_file, tracer));
    } else {
        answer_stop(tracer);
    }
}

static void copy(struct tracer *tracer);

static gboolean on_copied(gpointer data)
{
    struct tracer *tracer = data;

    tracer->copying = false;
    trace_take(tracer->trace, &tracer->memory);
    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        if (tracer->clock[i].known) {
            trace_clock(tracer->trace, tracer->clock[i].vm, tracer->clock[i].offset);
        }
    }
    if (tracer->last) {
        finish(tracer);
    } else if (tracer->ending) {
        tracer->last = true;
        copy(tracer);
    }
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void copy_memory(void *opaque)
{
    struct tracer *tracer = opaque;

    memory_read(PB_TRACE_PA, &tracer->memory, sizeof(tracer->memory));
    for (unsigned i = 0; i < PB_MAX_PCPUS; i++) {
        tracer->clock[i].known = clocks_read(i, &tracer->clock[i].vm, &tracer->clock[i].offset);
    }
    phone_invoke(tracer->server->config.phone, on_copied, tracer);
}

static void copy(struct tracer *tracer)
{
    tracer->copying = true;
    machine_call(copy_memory, tracer);
}

static gboolean on_timer(gpointer data)
{
    struct tracer *tracer = data;

    if (!tracer->copying && !tracer->ending) {
        copy(tracer);
    }
    return G_SOURCE_CONTINUE;
}

static void on_begun(void *opaque, const struct service_line *line, const GError *error)
{
    struct tracer *tracer = opaque;
    struct request *request = tracer->request;

    if (request_refused(request, line, error)) {
        tracer_free(tracer);
        return;
    }
    tracer->request = NULL;
    tracer->timer = g_timeout_source_new(PERIOD_MS);
    g_source_set_callback(tracer->timer, on_timer, tracer, NULL);
    g_source_attach(tracer->timer, tracer->server->config.phone->context);
    request_ok(request, NULL);
}

static gboolean on_prepared(gpointer data)
{
    struct tracer *tracer = data;

    tracer->trace = trace_new(&tracer->table, tracer->hz);
    if (tracer->trace) {
        service_request(tracer->server->config.phone->service, "trace on", SERVICE_S, on_begun,
                        tracer);
    } else {
        request_fail(tracer->request, "refused", "no hypervisor of this version runs");
        tracer_free(tracer);
    }
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void prepare(void *opaque)
{
    struct tracer *tracer = opaque;

    memory_read(PB_TABLE_PA, &tracer->table, sizeof(tracer->table));
    memory_clear(PB_TRACE_PA, sizeof(struct pb_trace));
    tracer->hz = memory_counter_hz();
    phone_invoke(tracer->server->config.phone, on_prepared, tracer);
}

static void start(struct request *request)
{
    struct server *server = request->server;

    if (server->tracer) {
        request_fail(request, "bad-state", "a trace is being recorded already; stop that one");
    } else if (request_possible(request, NEED_SWITCHBOARD)) {
        server->tracer = g_new0(struct tracer, 1);
        server->tracer->server = server;
        server->tracer->request = request;
        machine_call(prepare, server->tracer);
    }
}

/* Whatever the switchboard says: what has been recorded until now is what it may be about. */
static void on_ended(void *opaque, const struct service_line *line G_GNUC_UNUSED,
                     const GError *error G_GNUC_UNUSED)
{
    struct tracer *tracer = opaque;

    tracer->ending = true;
    if (!tracer->copying) {
        tracer->last = true;
        copy(tracer);
    }
}

static void stop(struct request *request)
{
    struct tracer *tracer = request->server->tracer;
    struct phone *phone = request->server->config.phone;

    if (!tracer || tracer->request) {
        request_fail(request, "bad-state", "no trace is being recorded; start one");
        return;
    }
    if (phone->machine == MACHINE_PAUSED) {
        request_fail(request, "bad-state", "the machine is paused; `resume` it first");
        return;
    }
    tracer->request = request;
    if (phone->machine == MACHINE_STOPPED) {
        finish(tracer);
    } else if (phone->service_up) {
        service_request(phone->service, "trace off", SERVICE_S, on_ended, tracer);
    } else {
        on_ended(tracer, NULL, NULL);
    }
}

void verb_trace(struct request *request)
{
    if (strcmp(args_string(request->args, "action", ""), "start") == 0) {
        start(request);
    } else {
        stop(request);
    }
}
