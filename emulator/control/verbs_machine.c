/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "machine/machine.h"
#include "machine/counts.h"
#include "control/session.h"
#include "control/verbs.h"
#include "phone/ending.h"
#include "snapshot/snapshots.h"

#define VM_S    60
#define STATS_S 10

static void answer_vm(struct request *request, bool cut)
{
    g_autofree char *name = args_name(request->args, "vm");
    JsonObject *body = json_object_new();

    json_object_set_object_member(body, "vm",
                                  describe_vm(phone_find_vm(request->server->config.phone, name)));
    json_object_set_boolean_member(body, "cut", cut);
    request_ok(request, body);
}

static void on_vm_done(void *opaque, const struct service_line *line, const GError *error)
{
    if (!request_refused(opaque, line, error)) {
        answer_vm(opaque, false);
    }
}

static void on_vm_cut(void *opaque, const struct service_line *line, const GError *error)
{
    if (!request_refused(opaque, line, error)) {
        answer_vm(opaque, true);
    }
}

static void request_vm_action(struct request *request, const char *action, service_reply_fn *done)
{
    g_autofree char *name = args_name(request->args, "vm");
    const struct phone_vm *vm = phone_find_vm(request->server->config.phone, name);

    request_service(request, VM_S, done, "%s %s", action, vm->desc->name);
}

/* A persona was asked to shut down: what it did not do in time is done to it. */
static void on_vm_asked(void *opaque, const struct service_line *line,
                        const GError *error G_GNUC_UNUSED)
{
    struct request *request = opaque;
    const char *action = args_string(request->args, "action", "");
    bool restarts = strcmp(action, "restart") == 0;
    bool has_stopped = line && line->kind == SERVICE_OK;

    request_vm_action(request, restarts && has_stopped ? "start" : action,
                      has_stopped ? on_vm_done : on_vm_cut);
}

static bool is_end(const char *action)
{
    return strcmp(action, "stop") == 0 || strcmp(action, "restart") == 0;
}

void verb_vm(struct request *request)
{
    struct phone_vm *vm = request_vm(request);

    if (!vm) {
        return;
    }
    if (vm->desc->kind == PB_KIND_SWITCHBOARD) {
        request_fail(request, "bad-request", "vm: the switchboard itself cannot be given");
        return;
    }
    const char *action = args_string(request->args, "action", "");
    if (is_end(action) && ending_can_ask(vm) && !args_bool(request->args, "now", false)) {
        request_service(request, ENDING_LIMIT_S + VM_S, on_vm_asked, "shutdown %s %u",
                        vm->desc->name, ENDING_LIMIT_S);
    } else {
        request_vm_action(request, action, on_vm_done);
    }
}

static gboolean answer_machine(gpointer data)
{
    struct request *request = data;
    enum machine_state state = request->server->config.phone->machine;
    JsonObject *body = json_object_new();

    json_object_set_string_member(body, "machine", phone_machine_name(state));
    request_ok(request, body);
    return G_SOURCE_REMOVE;
}

/* Without room on the host's disk it goes on only to stop again. */
static gboolean answer_resumed(gpointer data)
{
    struct request *request = data;
    struct phone *phone = request->server->config.phone;

    if (trouble_waits(&phone->trouble)) {
        g_autofree char *line = trouble_line(&phone->trouble, phone->handset);
        request_fail(request, "bad-state", "%s", line);
        return G_SOURCE_REMOVE;
    }
    return answer_machine(request);
}

static void on_paused(void *opaque)
{
    struct request *request = opaque;
    phone_invoke(request->server->config.phone, answer_machine, request);
}

static void on_resumed(void *opaque)
{
    struct request *request = opaque;
    phone_invoke(request->server->config.phone, answer_resumed, request);
}

static void set_running(struct request *request, bool pause)
{
    if (request_has_machine(request)) {
        if (pause) {
            machine_hold();
        } else {
            machine_pause(false);
        }
        machine_call(pause ? on_paused : on_resumed, request);
    }
}

void verb_pause(struct request *request)
{
    set_running(request, true);
}

void verb_resume(struct request *request)
{
    set_running(request, false);
}

struct stats {
    struct request *request;
    JsonObject *body;
    bool reset;
};

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double rss_mib(void)
{
    g_autofree char *text = NULL;
    unsigned long size, resident = 0;

    if (g_file_get_contents("/proc/self/statm", &text, NULL, NULL) &&
        sscanf(text, "%lu %lu", &size, &resident) != 2) {
        resident = 0;
    }
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

/* A counter of the switchboard's as it comes: a number as a number. */
static void add_counter(gpointer key, gpointer value, gpointer opaque)
{
    guint64 number;

    if (g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64, &number, NULL)) {
        json_object_set_int_member(opaque, key, (gint64)number);
    } else {
        json_object_set_string_member(opaque, key, value);
    }
}

static void add_vm_counters(gpointer name, gpointer counters, gpointer opaque)
{
    JsonObject *object = json_object_new();

    g_hash_table_foreach(counters, add_counter, object);
    json_object_remove_member(object, "vm");
    json_object_set_object_member(opaque, name, object);
}

static void on_switchboard_stats(void *opaque, const struct service_line *line,
                                 const GError *error G_GNUC_UNUSED)
{
    g_autofree struct stats *stats = opaque;
    struct phone *phone = stats->request->server->config.phone;

    if (line && line->kind == SERVICE_OK) {
        JsonObject *vms = json_object_new();
        g_hash_table_foreach(phone->counters, add_vm_counters, vms);
        json_object_set_object_member(stats->body, "switchboard", vms);
    } else {
        json_object_set_null_member(stats->body, "switchboard");
    }
    request_ok(stats->request, stats->body);
}

static gboolean ask_switchboard(gpointer data)
{
    struct stats *stats = data;
    struct phone *phone = stats->request->server->config.phone;

    if (phone->service_up && phone->machine == MACHINE_RUNNING) {
        service_request(phone->service, "stats", STATS_S, on_switchboard_stats, stats);
    } else {
        on_switchboard_stats(stats, NULL, NULL);
    }
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void collect_stats(void *opaque)
{
    struct stats *stats = opaque;
    struct phone *phone = stats->request->server->config.phone;
    struct elcount count;

    elcount_read(&count, stats->reset);
    counts_add(stats->body, &count);
    json_object_set_double_member(stats->body, "virtual_s", (double)machine_clock_ns() / 1e9);
    phone_invoke(phone, ask_switchboard, stats);
}

void verb_stats(struct request *request)
{
    struct shadow *shadow = &request->server->config.screen->shadow;
    struct stats *stats = g_new0(struct stats, 1);

    stats->request = request;
    stats->body = json_object_new();
    stats->reset = args_bool(request->args, "reset", false);
    json_object_set_double_member(stats->body, "uptime_s",
                                  phone_uptime_s(request->server->config.phone));
    json_object_set_double_member(stats->body, "cpu_s", cpu_seconds());
    json_object_set_double_member(stats->body, "rss_mib", rss_mib());
    g_mutex_lock(&shadow->lock);
    json_object_set_int_member(stats->body, "frames", (gint64)shadow->updates);
    g_mutex_unlock(&shadow->lock);
    machine_call(collect_stats, stats);
}

static void on_ended(void *opaque)
{
    struct request *request = opaque;
    const GPtrArray *cut = ending_cut(request->server->config.phone);
    JsonObject *body = json_object_new();
    JsonArray *names = json_array_new();

    for (guint i = 0; i < cut->len; i++) {
        const struct phone_vm *vm = g_ptr_array_index(cut, i);
        json_array_add_string_element(names, vm->desc->name);
    }
    json_object_set_array_member(body, "cut", names);
    request_ok(request, body);
}

static void on_kept(void *opaque, const GError *error)
{
    struct request *request = opaque;

    if (!request_not_saved(request, error)) {
        ending_begin(request->server->config.phone, 0, on_ended, request);
    }
}

void verb_quit(struct request *request)
{
    struct phone *phone = request->server->config.phone;
    const char *name = args_string(request->args, "save", NULL);

    if (name && !store_is_name(name)) {
        request_fail(request, "bad-request", "save: '%s' is no name of a snapshot", name);
        return;
    }
    if (name) {
        snapshots_save(request->server->config.snapshots, name, SNAPSHOTS_STOP, on_kept, request);
        return;
    }
    double limit_s = ceil(args_number(request->args, "timeout", ENDING_LIMIT_S));

    ending_begin(phone, args_bool(request->args, "now", false) ? 0 : (unsigned)limit_s, on_ended,
                 request);
}
