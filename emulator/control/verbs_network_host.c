/* SPDX-License-Identifier: GPL-2.0-or-later */
/* net-capture, net-forward: what of a persona's network this computer sees */
#include <gio/gio.h>

#include "control/network_work.h"
#include "control/target.h"
#include "control/verbs.h"

static gboolean answer_capture(gpointer data)
{
    struct network_work *work = data;
    struct network *network = work->network;

    if (work->why) {
        request_fail(work->request, "io", "no capture: %s", work->why);
        g_clear_pointer(&network->capture, g_free);
    } else {
        request_ok(work->request, NULL);
    }
    network_work_end(work);
    return G_SOURCE_REMOVE;
}

static struct network *captured(struct request *request)
{
    struct phone *phone = request->server->config.phone;
    struct phone_vm *vm;

    if (args_has(request->args, "vm")) {
        vm = request_vm(request);
        return vm ? network_of(request, vm) : NULL;
    }
    vm = phone->front ? phone_find_vm(phone, phone->front->name) : NULL;
    if (!vm) {
        request_fail(request, "bad-state", "no persona is in front yet: say which one");
        return NULL;
    }
    return network_of(request, vm);
}

void verb_net_capture(struct request *request)
{
    const char *file = args_string(request->args, "file", NULL);
    struct network *network = captured(request);
    g_autoptr(GError) error = NULL;

    if (!network || !request_has_machine(request)) {
        return;
    }
    if (file && network->capture) {
        request_fail(request, "bad-state", "the frames of %s (%s) are already written to %s",
                     network->vm, network_names[network->wire], network->capture);
    } else if (!file && !network->capture) {
        request_fail(request, "bad-state", "the frames of %s (%s) are not written to a file",
                     network->vm, network_names[network->wire]);
    } else if (file && !target_check(file, &error)) {
        request_fail(request, "io", "%s", error->message);
    } else {
        g_free(network->capture);
        network->capture = g_strdup(file);
        network_capture(network->line, file, network_work_done,
                        network_work_begin(request, network, answer_capture));
    }
}

/* ---- net-forward ---------------------------------------------------------------------------- */

static gboolean answer_forward(gpointer data)
{
    struct network_work *work = data;
    JsonObject *args = work->request->args;

    if (work->why) {
        network_remove(work->network, (unsigned)args_int(args, "host_port", 0));
        request_fail(work->request, "io", "%s", work->why);
    } else {
        request_ok(work->request, NULL);
    }
    network_work_end(work);
    return G_SOURCE_REMOVE;
}

/* NULL: that port of the host leads to no persona. */
static struct network *owner(struct phone *phone, unsigned host_port)
{
    for (unsigned i = 0; i < phone->vm_count * NETWORK_WIRES; i++) {
        struct network *network = phone->vm[i / NETWORK_WIRES].network[i % NETWORK_WIRES];

        if (network && network_find(network, host_port)) {
            return network;
        }
    }
    return NULL;
}

static void unforward(struct request *request, unsigned host_port)
{
    struct network *network = owner(request->server->config.phone, host_port);

    if (args_has(request->args, "vm")) {
        request_fail(request, "bad-request", "port: with vm, the persona's port must be given");
    } else if (!network) {
        request_fail(request, "bad-state", "port %u is not forwarded", host_port);
    } else {
        network_remove(network, host_port);
        network_forward(network->line, host_port, 0, false, network_work_done,
                        network_work_begin(request, network, answer_forward));
    }
}

static void forward(struct request *request, unsigned host_port, unsigned port)
{
    struct network *network, *taken = owner(request->server->config.phone, host_port);
    struct phone_vm *vm;
    g_autoptr(GError) error = NULL;

    if (!args_has(request->args, "vm")) {
        request_fail(request, "bad-request", "vm: the persona must be given");
        return;
    }
    vm = request_vm(request);
    network = vm ? network_of(request, vm) : NULL;
    if (!network) {
        return;
    }
    if (taken) {
        request_fail(request, "bad-state", "port %u leads to port %u of %s already", host_port,
                     network_find(taken, host_port)->port, taken->vm);
    } else if (!network_port_is_free(host_port, &error)) {
        request_fail(request, "io", "port %u cannot be used: %s", host_port, error->message);
    } else {
        network_add(network, host_port, port);
        network_forward(network->line, host_port, port, true, network_work_done,
                        network_work_begin(request, network, answer_forward));
    }
}

void verb_net_forward(struct request *request)
{
    unsigned host_port = (unsigned)args_int(request->args, "host_port", 0);

    if (!request_has_machine(request)) {
        return;
    }
    if (args_has(request->args, "port")) {
        forward(request, host_port, (unsigned)args_int(request->args, "port", 0));
    } else {
        unforward(request, host_port);
    }
}
