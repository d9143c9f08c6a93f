/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vmverbs.h"

#include <string.h>

#include "pending.h"
#include "shutdown.h"

#include "vm/manager.h"
#include "vm/vms.h"

static const struct {
    const char *name;
    enum manager_verb verb;
} vm_verbs[] = {{"start", MANAGER_START},
                {"stop", MANAGER_STOP},
                {"restart", MANAGER_RESTART},
                {"pause", MANAGER_PAUSE},
                {"resume", MANAGER_RESUME}};

const char *vmverbs_change(const struct line_request *request)
{
    struct vm *vm = vms_find(request->word[1]);
    struct pending *pending;

    if (!vm) {
        return "no such vm";
    }
    if (!(pending = pending_new(request->id))) {
        return "too many requests under way";
    }
    for (size_t i = 0; i < sizeof(vm_verbs) / sizeof(vm_verbs[0]); i++) {
        if (!strcmp(vm_verbs[i].name, request->word[0])) {
            manager_request(vm, vm_verbs[i].verb, &pending->ticket);
        }
    }
    return NULL;
}

const char *vmverbs_shutdown(const struct line_request *request)
{
    struct vm *vm = vms_find(request->word[1]);
    struct pending *pending;
    int32_t seconds;

    if (!vm || vm->kind != PB_KIND_PERSONA) {
        return "no such persona";
    }
    if (!line_number(request->word[2], 1, SHUTDOWN_SECONDS_MAX, &seconds)) {
        return "shutdown takes a persona and 1..600 seconds";
    }
    if (!(pending = pending_new(request->id))) {
        return "too many requests under way";
    }
    shutdown_request(vm, (unsigned)seconds, &pending->ticket);
    return NULL;
}
