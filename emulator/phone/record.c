/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/record.h"

#include <string.h>

#include "phone/phone_events.h"

static void set_text(JsonObject *object, const char *name, const char *text)
{
    if (text) {
        json_object_set_string_member(object, name, text);
    }
}

static JsonObject *write_console(const struct vmlog *log)
{
    JsonObject *object = json_object_new();
    uint64_t end = vmlog_end(log), from;
    g_autoptr(GByteArray) bytes = vmlog_read(
        log, end > RECORD_CONSOLE_MAX ? end - RECORD_CONSOLE_MAX : 0, RECORD_CONSOLE_MAX, &from);
    g_autofree char *text = g_base64_encode(bytes->data, bytes->len);

    json_object_set_int_member(object, "end", (gint64)end);
    json_object_set_string_member(object, "tail", text);
    return object;
}

static JsonObject *write_progress(const struct progress *progress)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "percent", progress->percent);
    set_text(object, "stage", progress->stage);
    json_object_set_boolean_member(object, "home_line", progress->home_line);
    json_object_set_boolean_member(object, "scanout", progress->scanout);
    json_object_set_boolean_member(object, "last_words", progress->last_words);
    json_object_set_int_member(object, "silent_at", (gint64)progress->silent_at);
    set_text(object, "failure", progress->failure);
    set_text(object, "why", progress->failure ? progress->why : NULL);
    return object;
}

static JsonObject *write_vm(const struct phone_vm *vm)
{
    JsonObject *object = json_object_new();

    set_text(object, "state", phone_state_name(vm->state));
    set_text(object, "reason", vm->reason);
    set_text(object, "share", vm->share);
    json_object_set_boolean_member(object, "started", vm->started);
    json_object_set_boolean_member(object, "gave_up", vm->gave_up);
    json_object_set_boolean_member(object, "ready", phone_vm_ready(vm));
    json_object_set_object_member(object, "progress", write_progress(&vm->progress));
    if (vm->log) {
        json_object_set_object_member(object, "console", write_console(vm->log));
    }
    for (unsigned wire = 0; wire < NETWORK_WIRES; wire++) {
        if (vm->network[wire]) {
            json_object_set_object_member(object, network_names[wire],
                                          network_write(vm->network[wire]));
        }
    }
    return object;
}

JsonObject *record_write(const struct phone *phone)
{
    JsonObject *object = json_object_new();
    JsonObject *vms = json_object_new();

    for (unsigned i = 0; i < phone->vm_count; i++) {
        json_object_set_object_member(vms, phone->vm[i].desc->name, write_vm(&phone->vm[i]));
    }
    json_object_set_object_member(object, "vms", vms);
    json_object_set_object_member(object, "el2", write_console(phone->el2_log));
    set_text(object, "el2_fault", phone->el2_fault);
    set_text(object, "front", phone->front ? phone->front->name : NULL);
    json_object_set_boolean_member(object, "side", phone->side);
    json_object_set_boolean_member(object, "display", phone->display_on);
    set_text(object, "attitude", attitude_name(phone->attitude));
    json_object_set_boolean_member(object, "service", phone->service_up);
    json_object_set_int_member(object, "last_id", service_last_id(phone->service));
    return object;
}

/* A member of `in`, or an empty object: what is missing has its default. */
static JsonObject *object_of(JsonObject *in, const char *name)
{
    JsonNode *node = json_object_get_member(in, name);

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_object_ref(json_node_get_object(node))
                                                : json_object_new();
}

static bool flag(JsonObject *in, const char *name)
{
    return json_object_get_boolean_member_with_default(in, name, FALSE);
}

static const char *text(JsonObject *in, const char *name)
{
    const char *found = json_object_get_string_member_with_default(in, name, NULL);

    return found && g_utf8_validate(found, -1, NULL) ? found : NULL;
}

static void read_console(struct vmlog *log, JsonObject *in)
{
    const char *tail = text(in, "tail");
    gint64 end = json_object_get_int_member_with_default(in, "end", 0);
    gsize length = 0;
    g_autofree guchar *bytes = tail ? g_base64_decode(tail, &length) : NULL;

    if (end >= (gint64)length && length <= RECORD_CONSOLE_MAX) {
        vmlog_continue(log, (uint64_t)end, bytes, length);
    }
}

/* Words of the progress are static; those of a snapshot become so. */
static const char *lasting(const char *words)
{
    return words ? g_intern_string(words) : NULL;
}

static void read_progress(struct progress *progress, JsonObject *in)
{
    const char *stage = text(in, "stage");

    progress->percent =
        (unsigned)CLAMP(json_object_get_int_member_with_default(in, "percent", 0), 0, 100);
    progress->stage = stage ? lasting(stage) : progress->stage;
    progress->home_line = flag(in, "home_line");
    progress->scanout = flag(in, "scanout");
    progress->last_words = flag(in, "last_words");
    progress->silent_at = (uint64_t)json_object_get_int_member_with_default(in, "silent_at", 0);
    progress->failure = progress_failure(text(in, "failure"));
    g_strlcpy(progress->why, text(in, "why") ? text(in, "why") : "", sizeof(progress->why));
}

static void read_vm(struct phone_vm *vm, JsonObject *in)
{
    g_autoptr(JsonObject) progress = object_of(in, "progress");
    g_autoptr(JsonObject) console = object_of(in, "console");

    vm->state = phone_state_of(text(in, "state"));
    vm->reason = g_strdup(text(in, "reason"));
    vm->share = g_strdup(text(in, "share"));
    vm->started = flag(in, "started");
    vm->gave_up = flag(in, "gave_up");
    vm->ready_s = flag(in, "ready") ? phone_uptime_s(vm->phone) : -1;
    read_progress(&vm->progress, progress);
    if (vm->log) {
        read_console(vm->log, console);
    }
    for (unsigned wire = 0; wire < NETWORK_WIRES; wire++) {
        if (vm->network[wire]) {
            g_autoptr(JsonObject) network = object_of(in, network_names[wire]);
            network_read(vm->network[wire], network);
            network_restore(vm->network[wire]);
        }
    }
}

static void ignore(void *opaque G_GNUC_UNUSED, const struct service_line *line G_GNUC_UNUSED,
                   const GError *error G_GNUC_UNUSED)
{
}

/*
 * The switchboard may have been sent the beginning of a line: the first one only ends that. The
 * second is the first thing that it hears of: until then two phones have the same random numbers.
 */
static void ask_again(struct phone *phone)
{
    if (phone->service_up) {
        service_mention(phone->service, "", 10, ignore, NULL);
        service_mention(phone->service, "generation", 10, ignore, NULL);
        service_mention(phone->service, "vms", 10, ignore, NULL);
    }
}

static void tell_all(struct phone *phone)
{
    for (unsigned i = 0; i < phone->vm_count; i++) {
        phone_progressed(&phone->vm[i]);
    }
    phone_notify(phone, PHONE_FRONT, NULL);
    phone_notify(phone, PHONE_VIEW, NULL);
    phone_notify(phone, PHONE_DISPLAY, NULL);
}

void record_read(struct phone *phone, JsonObject *record)
{
    g_autoptr(JsonObject) vms = object_of(record, "vms");
    g_autoptr(JsonObject) el2 = object_of(record, "el2");
    const char *front = text(record, "front");
    const char *attitude = text(record, "attitude");
    struct phone_vm *in_front = front ? phone_find_vm(phone, front) : NULL;

    for (unsigned i = 0; i < phone->vm_count; i++) {
        g_autoptr(JsonObject) vm = object_of(vms, phone->vm[i].desc->name);
        read_vm(&phone->vm[i], vm);
    }
    read_console(phone->el2_log, el2);
    phone->el2_fault = g_strdup(text(record, "el2_fault"));
    phone->front = in_front ? in_front->desc : NULL;
    phone->side = flag(record, "side");
    phone->display_on = flag(record, "display");
    if (attitude) {
        attitude_of(attitude, &phone->attitude);
    }
    phone->service_up = flag(record, "service");
    service_skip_ids(phone->service,
                     (uint32_t)json_object_get_int_member_with_default(record, "last_id", 0));
    ask_again(phone);
    tell_all(phone);
}
