/* SPDX-License-Identifier: GPL-2.0-or-later */
/* net, net-link, net-profile, net-capture, net-forward */
#include <gio/gio.h>
#include <string.h>

#include "control/session.h"
#include "control/target.h"
#include "control/verbs.h"

#define LINK_S 10

/* Something that is done for one persona after the other, or by the machine's thread meanwhile. */
struct work {
    struct request *request;
    struct phone_vm *vm; /* whose turn it is */
    bool all;
    struct network_counts counts[HANDSET_MAX_VMS];
    char *why; /* it was not done */
    GSourceFunc answer;
};

static struct phone *phone_of(const struct request *request)
{
    return request->server->config.phone;
}

/* NULL: it has no network, and the request is answered so. */
static struct phone_vm *named(struct request *request)
{
    struct phone_vm *vm = request_vm(request);

    if (vm && !vm->network) {
        request_fail(request, "no-vm", "%s has no network: it is no persona", vm->desc->name);
        return NULL;
    }
    return vm;
}

/* From `from` on; NULL: there is no other persona. */
static struct phone_vm *next(struct phone *phone, unsigned from)
{
    for (unsigned i = from; i < phone->vm_count; i++) {
        if (phone->vm[i].network) {
            return &phone->vm[i];
        }
    }
    return NULL;
}

/* The first of those that the request is for; NULL: none, and it is answered so. */
static struct phone_vm *first(struct request *request)
{
    struct phone_vm *vm;

    if (args_has(request->args, "vm")) {
        return named(request);
    }
    vm = next(phone_of(request), 0);
    if (!vm) {
        request_fail(request, "no-vm", "there is no persona");
    }
    return vm;
}

static struct work *begin(struct request *request, struct phone_vm *vm, GSourceFunc answer)
{
    struct work *work = g_new0(struct work, 1);

    *work = (struct work){.request = request, .vm = vm, .answer = answer};
    work->all = !args_has(request->args, "vm");
    return work;
}

static void end(struct work *work)
{
    g_free(work->why);
    g_free(work);
}

/* Machine's thread. */
static void on_done(void *opaque, const char *why)
{
    struct work *work = opaque;

    work->why = g_strdup(why);
    phone_invoke(work->vm->phone, work->answer, work);
}

/* ---- net ------------------------------------------------------------------------------------ */

static JsonObject *describe(const struct phone_vm *vm, const struct network_counts *counts)
{
    const struct network *network = vm->network;
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "vm", vm->desc->name);
    json_object_set_boolean_member(object, "up", network->up);
    json_object_set_string_member(object, "profile", network->profile->name);
    json_object_set_int_member(object, "frames_in", (gint64)counts->frames_in);
    json_object_set_int_member(object, "bytes_in", (gint64)counts->bytes_in);
    json_object_set_int_member(object, "frames_out", (gint64)counts->frames_out);
    json_object_set_int_member(object, "bytes_out", (gint64)counts->bytes_out);
    json_object_set_int_member(object, "lost", (gint64)counts->lost);
    if (network->capture) {
        json_object_set_string_member(object, "capture", network->capture);
    } else {
        json_object_set_null_member(object, "capture");
    }
    json_object_set_array_member(object, "forwards", network_describe_forwards(network));
    return object;
}

static gboolean answer_counts(gpointer data)
{
    struct work *work = data;
    struct phone *phone = phone_of(work->request);
    JsonObject *body = json_object_new();
    JsonArray *array = json_array_new();
    struct phone_vm *vm = work->all ? next(phone, 0) : work->vm;

    while (vm) {
        json_array_add_object_element(array, describe(vm, &work->counts[vm - phone->vm]));
        vm = work->all ? next(phone, (unsigned)(vm - phone->vm) + 1) : NULL;
    }
    json_object_set_array_member(body, "networks", array);
    request_ok(work->request, body);
    end(work);
    return G_SOURCE_REMOVE;
}

/* Machine's thread, which knows of no persona: those of the table are constant. */
static void on_counts(void *opaque, const struct network_counts *counts)
{
    struct work *work = opaque;
    struct phone *phone = work->vm->phone;
    unsigned index = (unsigned)(work->vm - phone->vm);
    struct phone_vm *after = work->all ? next(phone, index + 1) : NULL;

    work->counts[index] = *counts;
    if (after) {
        work->vm = after;
        network_count(after->network->line, on_counts, work);
    } else {
        phone_invoke(phone, answer_counts, work);
    }
}

void verb_net(struct request *request)
{
    struct phone_vm *vm = first(request);

    if (vm) {
        network_count(vm->network->line, on_counts, begin(request, vm, NULL));
    }
}

/* ---- net-link, net-profile ------------------------------------------------------------------ */

static void link_next(struct work *work);

static void on_linked(void *opaque, const struct service_line *line, const GError *error)
{
    struct work *work = opaque;
    struct phone *phone = work->vm->phone;

    if (request_refused(work->request, line, error)) {
        end(work);
        return;
    }
    work->vm->network->up = strcmp(args_string(work->request->args, "state", ""), "up") == 0;
    network_apply(work->vm->network);
    work->vm = work->all ? next(phone, (unsigned)(work->vm - phone->vm) + 1) : NULL;
    if (work->vm) {
        link_next(work);
    } else {
        request_ok(work->request, NULL);
        end(work);
    }
}

static void link_next(struct work *work)
{
    g_autofree char *text = g_strdup_printf("net %s %s", work->vm->desc->name,
                                            args_string(work->request->args, "state", ""));

    service_request(work->vm->phone->service, text, LINK_S, on_linked, work);
}

void verb_net_link(struct request *request)
{
    struct phone_vm *vm = first(request);

    if (vm) {
        link_next(begin(request, vm, NULL));
    }
}

void verb_net_profile(struct request *request)
{
    struct phone *phone = phone_of(request);
    const struct network_profile *profile =
        network_profile(args_string(request->args, "profile", NULL));
    bool all = !args_has(request->args, "vm");

    for (struct phone_vm *vm = first(request); vm;
         vm = all ? next(phone, (unsigned)(vm - phone->vm) + 1) : NULL) {
        vm->network->profile = profile;
        network_apply(vm->network);
        if (!all || !next(phone, (unsigned)(vm - phone->vm) + 1)) {
            request_ok(request, NULL);
            break;
        }
    }
}

/* ---- net-capture ---------------------------------------------------------------------------- */

static gboolean answer_capture(gpointer data)
{
    struct work *work = data;
    struct network *network = work->vm->network;

    if (work->why) {
        request_fail(work->request, "io", "no capture: %s", work->why);
        g_clear_pointer(&network->capture, g_free);
    } else {
        request_ok(work->request, NULL);
    }
    end(work);
    return G_SOURCE_REMOVE;
}

static struct phone_vm *captured(struct request *request)
{
    struct phone *phone = phone_of(request);
    struct phone_vm *vm;

    if (args_has(request->args, "vm")) {
        return named(request);
    }
    vm = phone->front ? phone_find_vm(phone, phone->front->name) : NULL;
    if (!vm) {
        request_fail(request, "bad-state", "no persona is in front yet: say which one");
    }
    return vm;
}

void verb_net_capture(struct request *request)
{
    const char *file = args_string(request->args, "file", NULL);
    struct phone_vm *vm = captured(request);
    g_autoptr(GError) error = NULL;

    if (!vm) {
        return;
    }
    if (file && vm->network->capture) {
        request_fail(request, "bad-state", "the frames of %s are already written to %s",
                     vm->desc->name, vm->network->capture);
    } else if (!file && !vm->network->capture) {
        request_fail(request, "bad-state", "the frames of %s are not written to a file",
                     vm->desc->name);
    } else if (file && !target_check(file, &error)) {
        request_fail(request, "io", "%s", error->message);
    } else {
        g_free(vm->network->capture);
        vm->network->capture = g_strdup(file);
        network_capture(vm->network->line, file, on_done, begin(request, vm, answer_capture));
    }
}

/* ---- net-forward ---------------------------------------------------------------------------- */

static gboolean answer_forward(gpointer data)
{
    struct work *work = data;
    JsonObject *args = work->request->args;

    if (work->why) {
        network_remove(work->vm->network, (unsigned)args_int(args, "host_port", 0));
        request_fail(work->request, "io", "%s", work->why);
    } else {
        request_ok(work->request, NULL);
    }
    end(work);
    return G_SOURCE_REMOVE;
}

/* NULL: that port of the host leads to no persona. */
static struct phone_vm *owner(struct phone *phone, unsigned host_port)
{
    struct phone_vm *vm = next(phone, 0);

    while (vm && !network_find(vm->network, host_port)) {
        vm = next(phone, (unsigned)(vm - phone->vm) + 1);
    }
    return vm;
}

static void unforward(struct request *request, unsigned host_port)
{
    struct phone_vm *vm = owner(phone_of(request), host_port);

    if (args_has(request->args, "vm")) {
        request_fail(request, "bad-request", "port: with vm, the persona's port must be given");
    } else if (!vm) {
        request_fail(request, "bad-state", "port %u is not forwarded", host_port);
    } else {
        network_remove(vm->network, host_port);
        network_forward(vm->network->line, host_port, 0, false, on_done,
                        begin(request, vm, answer_forward));
    }
}

static void forward(struct request *request, unsigned host_port, unsigned port)
{
    struct phone_vm *vm, *taken = owner(phone_of(request), host_port);
    g_autoptr(GError) error = NULL;

    if (!args_has(request->args, "vm")) {
        request_fail(request, "bad-request", "vm: the persona must be given");
        return;
    }
    vm = named(request);
    if (!vm) {
        return;
    }
    if (taken) {
        request_fail(request, "bad-state", "port %u leads to port %u of %s already", host_port,
                     network_find(taken->network, host_port)->port, taken->desc->name);
    } else if (!network_port_is_free(host_port, &error)) {
        request_fail(request, "io", "port %u cannot be used: %s", host_port, error->message);
    } else {
        network_add(vm->network, host_port, port);
        network_forward(vm->network->line, host_port, port, true, on_done,
                        begin(request, vm, answer_forward));
    }
}

void verb_net_forward(struct request *request)
{
    unsigned host_port = (unsigned)args_int(request->args, "host_port", 0);

    if (args_has(request->args, "port")) {
        forward(request, host_port, (unsigned)args_int(request->args, "port", 0));
    } else {
        unforward(request, host_port);
    }
}
