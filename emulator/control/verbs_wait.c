/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wait-ready: answers when home screens are up, or with the reason why they will not be. */
#include "control/session.h"
#include "control/verbs.h"
#include "phone/clock.h"

struct waiter {
    struct request *request;
    unsigned vms; /* bit n: VM n is waited for */
    GSource *timeout;
};

static void drop_waiter(struct waiter *waiter)
{
    g_ptr_array_remove(waiter->request->server->waiters, waiter);
    g_source_destroy(waiter->timeout);
    g_source_unref(waiter->timeout);
    g_free(waiter);
}

static void cancel(struct request *request)
{
    GPtrArray *waiters = request->server->waiters;

    for (guint i = 0; i < waiters->len; i++) {
        struct waiter *waiter = g_ptr_array_index(waiters, i);
        if (waiter->request == request) {
            drop_waiter(waiter);
            break;
        }
    }
    request_drop(request);
}

static void succeed(struct waiter *waiter)
{
    struct request *request = waiter->request;
    struct phone *phone = request->server->config.phone;
    JsonObject *body = json_object_new();
    double seconds = 0;

    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (waiter->vms & 1u << i) {
            seconds = MAX(seconds, phone->vm[i].ready_s);
        }
    }
    json_object_set_double_member(body, "seconds", seconds);
    json_object_set_array_member(body, "vms", describe_vms(phone));
    drop_waiter(waiter);
    request_ok(request, body);
}

static void fail(struct waiter *waiter, const char *code, const struct phone_vm *vm,
                 const char *why)
{
    struct request *request = waiter->request;
    struct phone *phone = request->server->config.phone;
    const char *last = vm && vm->log ? vmlog_last_line(vm->log) : "";
    JsonObject *body = json_object_new();

    if (vm) {
        json_object_set_string_member(body, "vm", vm->desc->name);
    } else {
        json_object_set_null_member(body, "vm");
    }
    json_object_set_string_member(body, "last_line", last);
    json_object_set_array_member(body, "vms", describe_vms(phone));
    drop_waiter(waiter);
    if (!vm) {
        request_fail_with(request, body, code, "%s", why);
    } else if (*last) {
        request_fail_with(request, body, code, "%s: %s; its last line: \"%s\"", vm->desc->name, why,
                          last);
    } else {
        request_fail_with(request, body, code, "%s: %s; its console is silent", vm->desc->name,
                          why);
    }
}

/* The first of the VMs waited for that is not up; NULL: all are. */
static struct phone_vm *first_missing(const struct waiter *waiter, struct phone *phone)
{
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if ((waiter->vms & 1u << i) && !phone_vm_ready(&phone->vm[i])) {
            return &phone->vm[i];
        }
    }
    return NULL;
}

static bool fail_if_hopeless(struct waiter *waiter, struct phone *phone)
{
    for (unsigned i = 0; i < phone->vm_count; i++) {
        struct phone_vm *vm = &phone->vm[i];
        g_autofree char *why = waiter->vms & 1u << i ? phone_vm_hopeless(vm) : NULL;
        if (why) {
            fail(waiter, "vm-failed", vm, why);
            return true;
        }
    }
    return false;
}

/* True: it is answered and gone. */
static bool check(struct waiter *waiter)
{
    struct phone *phone = waiter->request->server->config.phone;

    if (phone->machine == MACHINE_STOPPED) {
        fail(waiter, "machine-stopped", NULL, "the machine has stopped");
        return true;
    }
    if (fail_if_hopeless(waiter, phone)) {
        return true;
    }
    if (!first_missing(waiter, phone)) {
        succeed(waiter);
        return true;
    }
    return false;
}

void waiters_check(struct server *server)
{
    for (guint i = server->waiters->len; i > 0; i--) {
        check(g_ptr_array_index(server->waiters, i - 1));
    }
}

static gboolean on_timeout(gpointer data)
{
    struct waiter *waiter = data;
    struct phone *phone = waiter->request->server->config.phone;
    struct phone_vm *vm = first_missing(waiter, phone);
    g_autofree char *why =
        g_strdup_printf("no home screen in time (at %u %%: %s)", vm->progress.percent,
                        phone->service_up ? phone_vm_stage(vm) : "the switchboard is silent");

    fail(waiter, "timeout", vm, why);
    return G_SOURCE_REMOVE;
}

/* Bits of the VMs that the request names. False: one does not exist and the request is answered. */
static bool choose_vms(struct request *request, unsigned *vms)
{
    struct phone *phone = request->server->config.phone;
    g_auto(GStrv) names = args_names(request->args, "vms");

    *vms = 0;
    for (unsigned i = 0; !names && i < phone->vm_count; i++) {
        *vms |= phone_vm_counts(&phone->vm[i]) ? 1u << i : 0;
    }
    for (char **name = names; name && *name; name++) {
        struct phone_vm *vm = phone_find_vm(phone, *name);
        if (!vm || vm->desc->kind != PB_KIND_PERSONA) {
            request_fail(request, "no-vm", "no persona '%s'", *name);
            return false;
        }
        *vms |= 1u << vm->desc->id;
    }
    return true;
}

void verb_wait_ready(struct request *request)
{
    struct server *server = request->server;
    double timeout = args_number(request->args, "timeout", 0);
    unsigned vms;

    if (!choose_vms(request, &vms)) {
        return;
    }
    if (vms == 0) {
        request_fail(request, "no-vm", "this handset has no persona that starts by itself");
        return;
    }
    struct waiter *waiter = g_new0(struct waiter, 1);
    *waiter =
        (struct waiter){request, vms, clock_timeout_new((guint)(timeout * 1000), CLOCK_DRIVES)};
    g_source_set_callback(waiter->timeout, on_timeout, waiter, NULL);
    g_source_attach(waiter->timeout, server->config.phone->context);
    g_ptr_array_add(server->waiters, waiter);
    request->cancel = cancel;
    check(waiter);
}
