/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/phone.h"

#include "phone/clock.h"

#include <string.h>

struct observer {
    phone_observer_fn *fn;
    void *opaque;
};

static const char *const machine_names[] = {
    [MACHINE_STARTING] = "starting",
    [MACHINE_RUNNING] = "running",
    [MACHINE_PAUSED] = "paused",
    [MACHINE_STOPPED] = "stopped",
};

const char *phone_machine_name(enum machine_state state)
{
    return machine_names[state];
}

/* Cut at a whole character: a title must stay UTF-8. */
static void copy_text(char *to, const char *from, gsize size)
{
    const char *end;

    g_strlcpy(to, from, size);
    g_utf8_validate(to, -1, &end);
    to[end - to] = '\0';
}

static void fill_persona(struct summary_persona *to, const struct phone *phone,
                         const struct handset_vm *from)
{
    copy_text(to->name, from->name, sizeof(to->name));
    copy_text(to->display, from->display_name, sizeof(to->display));
    to->colour = (uint32_t)g_ascii_strtoull(from->colour + 1, NULL, 16);
    to->front = phone->front == from;
}

static void publish(struct phone *phone)
{
    g_autofree char *headline = phone_headline(phone);
    struct summary summary = {.progress = phone_progress(phone),
                              .ready = phone->ready_s >= 0,
                              .side = phone->side,
                              .display_on = phone->display_on,
                              .attitude = phone->attitude,
                              .paused = phone->machine == MACHINE_PAUSED};

    copy_text(summary.headline, headline, sizeof(summary.headline));
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone->vm[i].desc->kind == PB_KIND_PERSONA) {
            fill_persona(&summary.persona[summary.persona_count++], phone, phone->vm[i].desc);
        }
    }
    summary_publish(&phone->summary, &summary);
}

static void tell(struct phone *phone, enum phone_change change, struct phone_vm *vm,
                 const struct vmlog *log)
{
    for (guint i = 0; i < phone->observers->len; i++) {
        const struct observer *observer = g_ptr_array_index(phone->observers, i);
        observer->fn(observer->opaque, change, vm, log);
    }
}

void phone_notify(struct phone *phone, enum phone_change change, struct phone_vm *vm)
{
    publish(phone);
    tell(phone, change, vm, NULL);
}

void phone_notify_console(struct phone *phone, const struct vmlog *log)
{
    tell(phone, PHONE_CONSOLE, NULL, log);
}

void phone_observe(struct phone *phone, phone_observer_fn *fn, void *opaque)
{
    struct observer *observer = g_new(struct observer, 1);
    *observer = (struct observer){fn, opaque};
    g_ptr_array_add(phone->observers, observer);
}

void phone_invoke(struct phone *phone, GSourceFunc fn, gpointer data)
{
    g_autoptr(GSource) source = g_idle_source_new();
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, fn, data, NULL);
    g_source_attach(source, phone->context);
}

void phone_set_machine(struct phone *phone, enum machine_state state)
{
    if (phone->machine != state) {
        phone->machine = state;
        phone_notify(phone, PHONE_MACHINE, NULL);
    }
}

struct phone_vm *phone_find_vm(struct phone *phone, const char *name)
{
    const struct handset_vm *desc = handset_find_vm(phone->handset, name);
    return desc ? &phone->vm[desc->id] : NULL;
}

bool phone_vm_counts(const struct phone_vm *vm)
{
    return vm->desc->kind == PB_KIND_PERSONA && vm->desc->autostart;
}

bool phone_vm_ready(const struct phone_vm *vm)
{
    return vm->ready_s >= 0;
}

const char *phone_vm_stage(const struct phone_vm *vm)
{
    return vm->faults.stuck ? FAULTS_STAGE : progress_stage(&vm->progress);
}

/* It ran, and is off until somebody starts it. */
static bool was_ended(const struct phone_vm *vm)
{
    return vm->state == VM_OFF && vm->started;
}

char *phone_vm_hopeless(const struct phone_vm *vm)
{
    const char *reason = vm->reason ? vm->reason : "no reason given";

    if (vm->phone->el2_fault) {
        return g_strdup_printf("the hypervisor gave up: %s", vm->phone->el2_fault);
    }
    if (vm->progress.failure) {
        return g_strdup(progress_stage(&vm->progress));
    }
    if (vm->faults.stuck) {
        return g_strdup_printf("%s (%" G_GUINT64_FORMAT " so far)", FAULTS_STAGE, vm->faults.count);
    }
    if (vm->state == VM_FAILED) {
        return g_strdup_printf("failed (%s)", reason);
    }
    if (strcmp(reason, "system-reset") == 0 || strcmp(reason, "watchdog") == 0) {
        return NULL; /* it is started again */
    }
    if (vm->state == VM_STOPPED) {
        return g_strdup_printf("stopped (%s)", reason);
    }
    return was_ended(vm) ? g_strdup_printf("off (%s)", reason) : NULL;
}

unsigned phone_progress(const struct phone *phone)
{
    unsigned sum = 0, count = 0;

    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone_vm_counts(&phone->vm[i]) && !was_ended(&phone->vm[i])) {
            sum += phone->vm[i].progress.percent;
            count++;
        }
    }
    return count ? sum / count : 0;
}

/* The persona that is furthest behind and still may come up; NULL: none. */
static const struct phone_vm *slowest(const struct phone *phone)
{
    const struct phone_vm *found = NULL;

    for (unsigned i = 0; i < phone->vm_count; i++) {
        const struct phone_vm *vm = &phone->vm[i];
        bool waits = phone_vm_counts(vm) && !phone_vm_ready(vm) && vm->state != VM_FAILED &&
                     vm->state != VM_STOPPED && !was_ended(vm);
        if (waits && (!found || vm->progress.percent < found->progress.percent)) {
            found = vm;
        }
    }
    return found;
}

char *phone_headline(const struct phone *phone)
{
    const struct phone_vm *vm = slowest(phone);

    if (phone->closing) {
        return g_strdup(phone->closing);
    }
    if (phone->machine == MACHINE_PAUSED) {
        return g_strdup(trouble_waits(&phone->trouble) ? "paused: the host's disk is full"
                                                       : "paused");
    }
    if (phone->el2_fault) {
        return g_strdup("the hypervisor stopped");
    }
    if (vm && !phone->service_up && vm->progress.percent == 0) {
        return g_strdup("starting the switchboard");
    }
    if (vm) {
        return g_strdup_printf("starting %s: %s", vm->desc->display_name,
                               vm->progress.percent ? phone_vm_stage(vm) : "waiting");
    }
    for (unsigned i = 0; i < phone->vm_count; i++) {
        g_autofree char *why = was_ended(&phone->vm[i]) ? NULL : phone_vm_hopeless(&phone->vm[i]);
        if (why) {
            return g_strdup_printf("%s: %s", phone->vm[i].desc->display_name, why);
        }
    }
    return g_strdup(phone->front ? phone->front->display_name : phone->handset->name);
}

double phone_uptime_s(const struct phone *phone)
{
    return (double)(clock_us() - phone->start_us) / 1e6;
}

static void check_vm_ready(struct phone_vm *vm)
{
    if (vm->ready_s < 0 && progress_ready(&vm->progress)) {
        vm->ready_s = (double)(clock_us() - vm->start_us) / 1e6;
    }
}

static void check_phone_ready(struct phone *phone)
{
    unsigned counted = 0;

    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone_vm_counts(&phone->vm[i])) {
            counted++;
            if (!phone_vm_ready(&phone->vm[i])) {
                return;
            }
        }
    }
    if (counted > 0 && phone->ready_s < 0) {
        phone->ready_s = phone_uptime_s(phone);
        phone_notify(phone, PHONE_READY, NULL);
    }
}

/* Tells in the order in which a client understands it. */
void phone_progressed(struct phone_vm *vm)
{
    check_vm_ready(vm);
    phone_notify(vm->phone, PHONE_VM, vm);
    phone_notify(vm->phone, PHONE_PROGRESS, NULL);
    check_phone_ready(vm->phone);
}
