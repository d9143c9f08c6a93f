/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/wiring.h"

#include "machine/disk.h"
#include "machine/line.h"
#include "phone/clock.h"
#include "phone/ending.h"
#include "phone/logfile.h"
#include "phone/phone_events.h"
#include "phone/phone_failure.h"
#include "phone/poll.h"

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
    phone_failure_listen(vm);
    phone_notify_console(vm->phone, vm->log);
}

static void on_el2_output(void *opaque, const uint8_t *bytes, gsize length)
{
    struct phone *phone = opaque;
    vmlog_append(phone->el2_log, bytes, length);
    phone_notify_console(phone, phone->el2_log);
}

static void on_service_output(void *opaque, const uint8_t *bytes, gsize length)
{
    struct phone *phone = opaque;
    service_receive(phone->service, bytes, length);
}

struct disk_call {
    struct phone *phone;
    struct disk_error error;
};

static gboolean take_disk_error(gpointer data)
{
    g_autofree struct disk_call *call = data;
    struct phone *phone = call->phone;
    g_autofree char *line = trouble_note(&phone->trouble, phone->handset, &call->error);

    if (line) {
        g_printerr("phonebooth: %s\n", line);
        phone_notify(phone, PHONE_MACHINE, NULL);
    }
    return G_SOURCE_REMOVE;
}

/* One of the machine's threads. */
static void on_disk_error(void *opaque, const struct disk_error *error)
{
    struct disk_call *call = g_new(struct disk_call, 1);

    *call = (struct disk_call){opaque, *error};
    phone_invoke(call->phone, take_disk_error, call);
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
    for (unsigned wire = 0; wire < NETWORK_WIRES; wire++) {
        vm->network[wire] = handset_vm_has_network(desc, wire)
                                ? network_new(desc->name, desc->id, wire, desc->firewall)
                                : NULL;
    }
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

    logfile_keep_previous(phone->log_dir);
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
    phone->start_us = clock_us();
    phone->display_on = true;
    phone->ready_s = -1;
    summary_feed_init(&phone->summary);
    phone->observers = g_ptr_array_new_with_free_func(g_free);
    phone->counters =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    phone->service = service_new(phone->context, send_service, phone_on_service_event, phone);
    phone_failure_watch(phone);
    if (!open_all(phone, error)) {
        phone_free(phone);
        return NULL;
    }
    phone->poll = poll_new(phone);
    disk_listen(on_disk_error, phone);
    return phone;
}

void phone_close_networks(const struct phone *phone)
{
    for (unsigned i = 0; i < phone->vm_count * NETWORK_WIRES; i++) {
        const struct network *network = phone->vm[i / NETWORK_WIRES].network[i % NETWORK_WIRES];

        if (network) {
            network_apply_rules(network);
        }
    }
}

bool phone_ended(struct phone *phone)
{
    while (g_main_context_iteration(phone->context, FALSE)) {
    }
    if (!trouble_waits(&phone->trouble)) {
        return true;
    }
    g_autofree char *line = trouble_line(&phone->trouble, phone->handset);
    g_printerr("phonebooth: what the guests wrote last is lost: %s\n", line);
    return false;
}

void phone_free(struct phone *phone)
{
    if (!phone) {
        return;
    }
    poll_free(phone->poll);
    for (unsigned i = 0; i < phone->vm_count; i++) {
        phone_failure_close(&phone->vm[i]);
        vmlog_free(phone->vm[i].log);
        for (unsigned wire = 0; wire < NETWORK_WIRES; wire++) {
            network_free(phone->vm[i].network[wire]);
        }
        g_free(phone->vm[i].reason);
        g_free(phone->vm[i].share);
    }
    vmlog_free(phone->el2_log);
    g_clear_pointer(&phone->ending, ending_free); /* answers that come now change nothing */
    service_free(phone->service);
    g_free(phone->closing);
    g_hash_table_unref(phone->counters);
    summary_feed_clear(&phone->summary);
    g_ptr_array_unref(phone->observers);
    g_main_context_unref(phone->context);
    g_free(phone->el2_fault);
    g_free(phone->log_dir);
    g_free(phone);
}
