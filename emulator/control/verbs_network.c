/* SPDX-License-Identifier: GPL-2.0-or-later */
/* net, net-link, net-profile: for one persona, or for all of them */
#include <gio/gio.h>
#include <string.h>

#include "control/network_work.h"
#include "control/verbs.h"

#define LINK_S 10

/* The first of those that the request is for; NULL: none, or no machine, and it is answered so. */
static struct phone_vm *first(struct request *request)
{
    struct phone_vm *vm;

    if (!request_has_machine(request)) {
        return NULL;
    }
    if (args_has(request->args, "vm")) {
        return network_named(request);
    }
    vm = network_next(request->server->config.phone, 0);
    if (!vm) {
        request_fail(request, "no-vm", "there is no persona");
    }
    return vm;
}

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
    struct network_work *work = data;
    struct phone *phone = work->vm->phone;
    JsonObject *body = json_object_new();
    JsonArray *array = json_array_new();

    if (work->all) {
        work->vm = network_next(phone, 0);
    }
    for (; work->vm; work->vm = network_work_next(work)) {
        json_array_add_object_element(array,
                                      describe(work->vm, &work->counts[work->vm - phone->vm]));
    }
    json_object_set_array_member(body, "networks", array);
    request_ok(work->request, body);
    network_work_end(work);
    return G_SOURCE_REMOVE;
}

/* Machine's thread: which VMs have a network does not change. */
static void on_counts(void *opaque, const struct network_counts *counts)
{
    struct network_work *work = opaque;
    struct phone *phone = work->vm->phone;
    struct phone_vm *after = network_work_next(work);

    work->counts[work->vm - phone->vm] = *counts;
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
        network_count(vm->network->line, on_counts, network_work_begin(request, vm, NULL));
    }
}

static void link_one(struct network_work *work);

static void on_linked(void *opaque, const struct service_line *line, const GError *error)
{
    struct network_work *work = opaque;

    if (request_refused(work->request, line, error)) {
        network_work_end(work);
        return;
    }
    work->vm->network->up = strcmp(args_string(work->request->args, "state", ""), "up") == 0;
    network_apply(work->vm->network);
    work->vm = network_work_next(work);
    if (work->vm) {
        link_one(work);
    } else {
        request_ok(work->request, NULL);
        network_work_end(work);
    }
}

static void link_one(struct network_work *work)
{
    g_autofree char *text = g_strdup_printf("net %s %s", work->vm->desc->name,
                                            args_string(work->request->args, "state", ""));

    service_request(work->vm->phone->service, text, LINK_S, on_linked, work);
}

void verb_net_link(struct request *request)
{
    struct phone_vm *vm = first(request);

    if (vm) {
        link_one(network_work_begin(request, vm, NULL));
    }
}

void verb_net_profile(struct request *request)
{
    struct phone_vm *vm = first(request);
    struct network_work *work;

    if (!vm) {
        return;
    }
    work = network_work_begin(request, vm, NULL);
    for (; work->vm; work->vm = network_work_next(work)) {
        work->vm->network->profile = network_profile(args_string(request->args, "profile", NULL));
        network_apply(work->vm->network);
    }
    network_work_end(work);
    request_ok(request, NULL);
}
