/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/phone.h"

#include <string.h>

#include "machine/line.h"
#include "phone/phone_events.h"
#include "frontends/frontend.h"

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

static void fill_persona(struct ui_persona *to, const struct phone *phone,
                         const struct handset_vm *from)
{
    g_strlcpy(to->name, from->name, sizeof(to->name));
    g_strlcpy(to->display, from->display_name, sizeof(to->display));
    to->colour = (uint32_t)g_ascii_strtoull(from->colour + 1, NULL, 16);
    to->front = phone->front == from;
}

static void publish(struct phone *phone)
{
    g_autofree char *headline = phone_headline(phone);
    struct ui_state state = {.progress = phone_progress(phone),
                             .ready = phone->ready_s >= 0,
                             .side = phone->side,
                             .display_on = phone->display_on,
                             .paused = phone->machine == MACHINE_PAUSED};

    g_strlcpy(state.headline, headline, sizeof(state.headline));
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone->vm[i].desc->kind == VM_PERSONA) {
            fill_persona(&state.persona[state.persona_count++], phone, phone->vm[i].desc);
        }
    }
    frontend_publish(&state);
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

static void on_vm_line(void *opaque, const char *line)
{
    phone_on_console_line(opaque, line);
}

static void on_el2_line(void *opaque, const char *line)
{
    phone_on_el2_line(opaque, line);
}

static void on_vm_output(void *opaque, const uint8_t *bytes, gsize length)
{
    struct phone_vm *vm = opaque;
    vmlog_append(vm->log, bytes, length);
    tell(vm->phone, PHONE_CONSOLE, NULL, vm->log);
}

static void on_el2_output(void *opaque, const uint8_t *bytes, gsize length)
{
    struct phone *phone = opaque;
    vmlog_append(phone->el2_log, bytes, length);
    tell(phone, PHONE_CONSOLE, NULL, phone->el2_log);
}

static void on_service_output(void *opaque, const uint8_t *bytes, gsize length)
{
    struct phone *phone = opaque;
    service_receive(phone->service, bytes, length);
}

static bool send_service(const char *bytes, gsize length)
{
    return line_send(HANDSET_UART_SERVICE, bytes, length);
}

static bool open_vm(struct phone *phone, const struct handset_vm *desc, GError **error)
{
    struct phone_vm *vm = &phone->vm[phone->vm_count++];
    g_autofree char *file = g_strdup_printf("%s/%s.log", phone->log_dir, desc->name);

    *vm =
        (struct phone_vm){.phone = phone, .desc = desc, .start_us = phone->start_us, .ready_s = -1};
    progress_reset(&vm->progress);
    if (desc->uart < 0) {
        return true;
    }
    vm->log = vmlog_new(file, on_vm_line, vm, error);
    if (vm->log) {
        line_listen((unsigned)desc->uart, phone->context, on_vm_output, vm);
    }
    return vm->log != NULL;
}

static bool open_all(struct phone *phone, GError **error)
{
    g_autofree char *file = g_strdup_printf("%s/el2.log", phone->log_dir);

    phone->el2_log = vmlog_new(file, on_el2_line, phone, error);
    if (!phone->el2_log) {
        return false;
    }
    line_listen(HANDSET_UART_EL2, phone->context, on_el2_output, phone);
    line_listen(HANDSET_UART_SERVICE, phone->context, on_service_output, phone);
    for (unsigned i = 0; i < phone->handset->vm_count; i++) {
        if (!open_vm(phone, &phone->handset->vm[i], error)) {
            return false;
        }
    }
    return true;
}

struct phone *phone_new(const struct handset *handset, const char *name, const char *log_dir,
                        GError **error)
{
    struct phone *phone = g_new0(struct phone, 1);

    phone->context = g_main_context_new();
    phone->handset = handset;
    phone->name = name;
    phone->log_dir = g_strdup(log_dir);
    phone->start_us = g_get_monotonic_time();
    phone->display_on = true;
    phone->ready_s = -1;
    phone->observers = g_ptr_array_new_with_free_func(g_free);
    phone->counters =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    phone->service = service_new(phone->context, send_service, phone_on_service_event, phone);
    if (!open_all(phone, error)) {
        phone_free(phone);
        return NULL;
    }
    return phone;
}

void phone_free(struct phone *phone)
{
    if (!phone) {
        return;
    }
    for (unsigned i = 0; i < phone->vm_count; i++) {
        vmlog_free(phone->vm[i].log);
        g_free(phone->vm[i].reason);
        g_free(phone->vm[i].share);
    }
    vmlog_free(phone->el2_log);
    service_free(phone->service);
    g_hash_table_unref(phone->counters);
    g_ptr_array_unref(phone->observers);
    g_main_context_unref(phone->context);
    g_free(phone->el2_fault);
    g_free(phone->log_dir);
    g_free(phone);
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
    return vm->desc->kind == VM_PERSONA && vm->desc->autostart;
}

bool phone_vm_ready(const struct phone_vm *vm)
{
    return vm->ready_s >= 0;
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
        return g_strdup(vm->progress.stage);
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

    if (phone->machine == MACHINE_PAUSED) {
        return g_strdup("paused");
    }
    if (phone->el2_fault) {
        return g_strdup("the hypervisor stopped");
    }
    if (vm && !phone->service_up && vm->progress.percent == 0) {
        return g_strdup("starting the switchboard");
    }
    if (vm) {
        return g_strdup_printf("starting %s: %s", vm->desc->display_name,
                               vm->progress.percent ? vm->progress.stage : "waiting");
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
    return (double)(g_get_monotonic_time() - phone->start_us) / 1e6;
}
