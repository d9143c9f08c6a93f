/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/phone_events.h"

#include "phone/clock.h"
#include "phone/phone_failure.h"

#include <string.h>

static const char *const state_names[] = {
    [VM_UNKNOWN] = "unknown",   [VM_OFF] = "off",
    [VM_STARTING] = "starting", [VM_RUNNING] = "running",
    [VM_PAUSED] = "paused",     [VM_STOPPED] = "stopped",
    [VM_FAILED] = "failed",     [VM_SUSPENDED] = "suspended",
};

const char *phone_state_name(enum vm_state state)
{
    return state_names[state];
}

enum vm_state phone_state_of(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(state_names); i++) {
        if (g_strcmp0(name, state_names[i]) == 0) {
            return i;
        }
    }
    return VM_UNKNOWN;
}

/* The switchboard's words for why a VM stopped, and the control API's. */
static const struct {
    const char *theirs;
    const char *ours;
} reasons[] = {
    {"request", "requested"},
    {"off", "system-off"},
    {"reset", "system-reset"},
};

static char *parse_reason(const char *reason)
{
    if (!reason || strcmp(reason, "none") == 0) {
        return NULL;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(reasons); i++) {
        if (strcmp(reasons[i].theirs, reason) == 0) {
            return g_strdup(reasons[i].ours);
        }
    }
    return g_strndup(reason, 32);
}

void phone_on_console_line(struct phone_vm *vm, const char *line)
{
    if (progress_line(&vm->progress, line, vmlog_end(vm->log))) {
        phone_failure_follow(vm);
        phone_progressed(vm);
    }
}

void phone_on_el2_line(struct phone *phone, const char *line)
{
    /* EL2's last words, before its register dump */
    if (!phone->el2_fault &&
        (g_str_has_prefix(line, "EL2 fault") || g_str_has_prefix(line, "EL2 panic"))) {
        phone->el2_fault = g_strdup(line);
        phone_notify(phone, PHONE_PROGRESS, NULL);
    }
}

/* The first start counts from the emulator's own: that is what a user waits for. */
static void restart_progress(struct phone_vm *vm)
{
    if (vm->started) {
        progress_reset(&vm->progress);
        vm->faults = (struct faults){0};
        vm->ready_s = -1;
        vm->start_us = clock_us();
    }
    vm->started = true;
}

static bool is_live(enum vm_state state)
{
    return state == VM_STARTING || state == VM_RUNNING || state == VM_PAUSED ||
           state == VM_SUSPENDED;
}

/* How far a boot came is true of a VM that runs; of any other, what it is. */
static void end_progress(struct phone_vm *vm)
{
    vm->ready_s = -1;
    vm->faults = (struct faults){0};
    if (vm->started && (vm->state == VM_OFF || !vm->progress.failure)) {
        progress_reset(&vm->progress);
        vm->progress.stage = phone_state_name(vm->state);
    }
}

static void enter_state(struct phone_vm *vm, enum vm_state state, char *reason)
{
    if (state == VM_STOPPED && g_strcmp0(reason, "fault") == 0) {
        state = VM_FAILED;
    }
    if (is_live(state) && !is_live(vm->state) && !vm->gave_up) {
        restart_progress(vm);
    }
    vm->state = state;
    if (state != VM_OFF || reason) { /* off after it stopped: for the same reason */
        g_free(vm->reason);
        vm->reason = reason;
    }
    if (is_live(state)) {
        progress_started(&vm->progress);
    } else {
        end_progress(vm);
    }
}

static void take_state(struct phone_vm *vm, const struct service_line *line)
{
    enum vm_state state = phone_state_of(service_line_get(line, "state"));

    /* After a kernel panic the VM still runs, and what the guest said of its end is worth more. */
    if (vm->gave_up && state == VM_RUNNING) {
        return;
    }
    enter_state(vm, state, parse_reason(service_line_get(line, "reason")));
    vm->gave_up = false;
    phone_failure_follow(vm);
    phone_failure_listen(vm);
}

static struct phone_vm *event_vm(struct phone *phone, const struct service_line *line,
                                 const char *key)
{
    const char *name = service_line_get(line, key);
    return name ? phone_find_vm(phone, name) : NULL;
}

void phone_set_front(struct phone *phone, struct phone_vm *vm)
{
    if (vm && phone->front != vm->desc) {
        phone->front = vm->desc;
        phone_notify(phone, PHONE_FRONT, NULL);
    }
}

static void on_vm(struct phone *phone, const struct service_line *line)
{
    struct phone_vm *vm = event_vm(phone, line, "name");
    const char *share = service_line_get(line, "share");

    if (!vm) {
        return;
    }
    take_state(vm, line);
    g_free(vm->share);
    vm->share = share ? g_strndup(share, 16) : NULL;
    if (service_line_number(line, "front", 0) == 1) {
        phone_set_front(phone, vm);
    }
    phone_progressed(vm);
}

static void on_front(struct phone *phone, const struct service_line *line)
{
    phone_set_front(phone, event_vm(phone, line, "vm"));
}

void phone_set_view(struct phone *phone, bool side)
{
    if (side != phone->side) {
        phone->side = side;
        phone_notify(phone, PHONE_VIEW, NULL);
    }
}

static void on_view(struct phone *phone, const struct service_line *line)
{
    phone_set_view(phone, g_strcmp0(service_line_get(line, "mode"), "side") == 0);
}

static void note_faults(struct phone_vm *vm, const struct service_line *line)
{
    struct faults_sample sample = {
        .us = clock_us(),
        .count = (uint64_t)service_line_number(line, "faults", 0),
        .console = vm->log ? vmlog_end(vm->log) : 0,
        .percent = vm->progress.percent,
    };

    if (faults_note(&vm->faults, &sample)) {
        phone_progressed(vm);
    }
}

/* Counters of one VM; the answer to `stats` follows. */
static void on_stats(struct phone *phone, const struct service_line *line)
{
    const char *name = service_line_get(line, "vm");
    struct phone_vm *vm = name ? phone_find_vm(phone, name) : NULL;

    if (vm) {
        g_hash_table_replace(phone->counters, g_strdup(name), g_hash_table_ref(line->values));
        note_faults(vm, line);
    }
}

void phone_set_display(struct phone *phone, bool on)
{
    if (on != phone->display_on) {
        phone->display_on = on;
        phone_notify(phone, PHONE_DISPLAY, NULL);
    }
}

static void on_display(struct phone *phone, const struct service_line *line)
{
    phone_set_display(phone, service_line_number(line, "on", 1) != 0);
}

static void on_scanout(struct phone *phone, const struct service_line *line)
{
    struct phone_vm *vm = event_vm(phone, line, "vm");

    if (vm && progress_scanout(&vm->progress)) {
        phone_progressed(vm);
    }
}

static void on_light(struct phone *phone, const struct service_line *line)
{
    struct phone_vm *vm = event_vm(phone, line, "vm");

    if (vm) {
        vm->light = (struct phone_light){
            .red = service_line_number(line, "red", 0),
            .green = service_line_number(line, "green", 0),
            .blue = service_line_number(line, "blue", 0),
            .torch = service_line_number(line, "torch", 0),
            .vibrator = service_line_number(line, "vibrator", 0),
            .backlight = (unsigned)service_line_number(line, "backlight", 0),
        };
        phone_notify(phone, PHONE_LIGHT, vm);
    }
}

static void on_hello(void *opaque, const struct service_line *line, const GError *error)
{
    struct phone *phone = opaque;

    if (error || line->kind != SERVICE_OK || phone->service_up) {
        return;
    }
    phone->service_up = true;
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone->vm[i].desc->kind == PB_KIND_SWITCHBOARD) {
            enter_state(&phone->vm[i], VM_RUNNING, NULL);
            phone_notify(phone, PHONE_VM, &phone->vm[i]);
        }
    }
    phone_notify(phone, PHONE_PROGRESS, NULL);
}

static void ignore_reply(void *opaque G_GNUC_UNUSED, const struct service_line *line G_GNUC_UNUSED,
                         const GError *error G_GNUC_UNUSED)
{
}

/* The switchboard has just started, perhaps anew: ask who it is and what there is. */
static void on_ready(struct phone *phone, const struct service_line *line)
{
    phone->restarts = (unsigned)service_line_number(line, "restarts", 0);
    if (phone->restarts) {
        g_printerr("phonebooth: the switchboard has faulted and started again (%u): see its log\n",
                   phone->restarts);
    }
    service_cancel_all(phone->service);
    phone->service_up = false;
    service_mention(phone->service, "hello", 10, on_hello, phone);
    service_mention(phone->service, "vms", 10, ignore_reply, phone);
}

static const struct {
    const char *name;
    void (*handle)(struct phone *phone, const struct service_line *line);
} events[] = {
    {"vm", on_vm},           {"front", on_front}, {"view", on_view},   {"display", on_display},
    {"scanout", on_scanout}, {"ready", on_ready}, {"stats", on_stats}, {"light", on_light},
};

void phone_on_service_event(void *opaque, const struct service_line *line)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(events); i++) {
        if (strcmp(events[i].name, line->text) == 0) {
            events[i].handle(opaque, line);
        }
    }
}
