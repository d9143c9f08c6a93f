/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "control/network_work.h"

static bool is_named(const struct network *network, const char *interface)
{
    return !interface || strcmp(network_names[network->wire], interface) == 0;
}

static struct phone *phone_of(const struct request *request)
{
    return request->server->config.phone;
}

struct network *network_next(struct request *request, const struct network *after)
{
    const char *interface = args_string(request->args, "interface", NULL);
    const char *vm = args_string(request->args, "vm", NULL);
    const struct phone_vm *only = vm ? phone_find_vm(phone_of(request), vm) : NULL;
    bool past = !after;

    for (unsigned i = 0; i < phone_of(request)->vm_count; i++) {
        struct phone_vm *it = &phone_of(request)->vm[i];

        for (unsigned wire = 0; wire < NETWORK_WIRES && (!vm || it == only); wire++) {
            if (past && it->network[wire] && is_named(it->network[wire], interface)) {
                return it->network[wire];
            }
            past = past || it->network[wire] == after;
        }
    }
    return NULL;
}

static void no_network(struct request *request, const struct phone_vm *vm)
{
    const char *interface = args_string(request->args, "interface", NULL);

    if (!vm) {
        request_fail(request, "no-vm", "no persona has %s", interface ? interface : "a network");
    } else if (vm->desc->kind != PB_KIND_PERSONA) {
        request_fail(request, "no-vm", "%s has no network: it is no persona", vm->desc->name);
    } else {
        request_fail(request, "bad-state", "%s has no %s: its description says so", vm->desc->name,
                     interface ? interface : "network");
    }
}

struct network *network_first(struct request *request)
{
    struct phone_vm *vm = NULL;
    struct network *network;

    if (!request_has_machine(request)) {
        return NULL;
    }
    if (args_has(request->args, "vm") && !(vm = request_vm(request))) {
        return NULL;
    }
    network = network_next(request, NULL);
    if (!network) {
        no_network(request, vm);
    }
    return network;
}

struct network *network_of(struct request *request, struct phone_vm *vm)
{
    const char *interface = args_string(request->args, "interface", NULL);

    for (unsigned wire = 0; wire < NETWORK_WIRES; wire++) {
        if (vm->network[wire] && is_named(vm->network[wire], interface)) {
            return vm->network[wire];
        }
    }
    no_network(request, vm);
    return NULL;
}

struct network_work *network_work_begin(struct request *request, struct network *network,
                                        GSourceFunc answer)
{
    struct network_work *work = g_new0(struct network_work, 1);

    work->request = request;
    work->phone = phone_of(request);
    work->network = network;
    work->answer = answer;
    return work;
}

void network_work_end(struct network_work *work)
{
    g_free(work->why);
    g_free(work);
}

bool network_work_next(struct network_work *work)
{
    work->done++;
    work->network = network_next(work->request, work->network);
    return work->network != NULL;
}

void network_work_done(void *opaque, const char *why)
{
    struct network_work *work = opaque;

    work->why = g_strdup(why);
    phone_invoke(work->phone, work->answer, work);
}
