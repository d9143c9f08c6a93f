/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/network_work.h"

struct phone_vm *network_next(struct phone *phone, unsigned from)
{
    for (unsigned i = from; i < phone->vm_count; i++) {
        if (phone->vm[i].network) {
            return &phone->vm[i];
        }
    }
    return NULL;
}

struct phone_vm *network_named(struct request *request)
{
    struct phone_vm *vm = request_vm(request);

    if (vm && !vm->network) {
        request_fail(request, "no-vm", "%s has no network: it is no persona", vm->desc->name);
        return NULL;
    }
    return vm;
}

struct network_work *network_work_begin(struct request *request, struct phone_vm *vm,
                                        GSourceFunc answer)
{
    struct network_work *work = g_new0(struct network_work, 1);

    *work = (struct network_work){.request = request, .vm = vm, .answer = answer};
    work->all = !args_has(request->args, "vm");
    return work;
}

void network_work_end(struct network_work *work)
{
    g_free(work->why);
    g_free(work);
}

struct phone_vm *network_work_next(const struct network_work *work)
{
    struct phone *phone = work->vm->phone;

    return work->all ? network_next(phone, (unsigned)(work->vm - phone->vm) + 1) : NULL;
}

void network_work_done(void *opaque, const char *why)
{
    struct network_work *work = opaque;

    work->why = g_strdup(why);
    phone_invoke(work->vm->phone, work->answer, work);
}
