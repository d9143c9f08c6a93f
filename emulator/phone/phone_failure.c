/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/phone_failure.h"

#include "phone/clock.h"

static bool runs(const struct phone_vm *vm)
{
    return vm->state == VM_RUNNING || vm->state == VM_STARTING;
}

void phone_failure_follow(struct phone_vm *vm)
{
    const char *failure = vm->progress.failure;

    if (failure && runs(vm)) {
        vm->state = VM_FAILED;
        vm->ready_s = -1;
        g_free(vm->reason);
        vm->reason = g_strdup(failure);
        vm->gave_up = true;
    } else if (!failure && vm->gave_up) {
        vm->state = VM_RUNNING;
        g_clear_pointer(&vm->reason, g_free);
        vm->gave_up = false;
    }
}

void phone_failure_close(struct phone_vm *vm)
{
    if (vm->silence) {
        g_source_destroy(vm->silence);
        g_clear_pointer(&vm->silence, g_source_unref);
    }
}

/* While the machine or the VM stands still, silence says nothing: resuming waits anew. */
static gboolean on_silence(gpointer opaque)
{
    struct phone_vm *vm = opaque;

    phone_failure_close(vm);
    if (vm->phone->machine == MACHINE_RUNNING && runs(vm) && progress_silence(&vm->progress)) {
        phone_failure_follow(vm);
        phone_progressed(vm);
    }
    return G_SOURCE_REMOVE;
}

void phone_failure_listen(struct phone_vm *vm)
{
    phone_failure_close(vm);
    if (!vm->log) {
        return;
    }
    if (progress_output(&vm->progress, vmlog_end(vm->log))) {
        phone_failure_follow(vm);
        phone_progressed(vm);
    }
    if (vm->progress.last_words && !vm->progress.failure) {
        vm->silence = clock_timeout_new(PROGRESS_SILENCE_MS, CLOCK_MEANWHILE);
        g_source_set_callback(vm->silence, on_silence, vm, NULL);
        g_source_attach(vm->silence, vm->phone->context);
    }
}

static void on_change(void *opaque, enum phone_change change, struct phone_vm *vm G_GNUC_UNUSED,
                      const struct vmlog *log G_GNUC_UNUSED)
{
    struct phone *phone = opaque;

    for (unsigned i = 0; change == PHONE_MACHINE && i < phone->vm_count; i++) {
        phone_failure_listen(&phone->vm[i]);
    }
}

void phone_failure_watch(struct phone *phone)
{
    phone_observe(phone, on_change, phone);
}
