/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/session.h"

void describe_text(JsonObject *object, const char *name, const char *text)
{
    if (text) {
        json_object_set_string_member(object, name, text);
    } else {
        json_object_set_null_member(object, name);
    }
}

static void set_seconds(JsonObject *object, const char *name, double seconds)
{
    if (seconds >= 0) {
        json_object_set_double_member(object, name, seconds);
    } else {
        json_object_set_null_member(object, name);
    }
}

/* Only a persona boots in stages that somebody sees; any other VM runs or it does not. */
static void add_boot(JsonObject *object, const struct phone_vm *vm)
{
    bool persona = vm->desc->kind == PB_KIND_PERSONA;
    unsigned percent = vm->state == VM_RUNNING ? 100 : 0;

    json_object_set_int_member(object, "progress", persona ? vm->progress.percent : percent);
    describe_text(object, "stage", persona ? phone_vm_stage(vm) : phone_state_name(vm->state));
    json_object_set_boolean_member(object, "ready", phone_vm_ready(vm));
    set_seconds(object, "ready_s", vm->ready_s);
}

JsonObject *describe_vm(struct phone_vm *vm)
{
    const struct handset_vm *desc = vm->desc;
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", desc->id);
    describe_text(object, "name", desc->name);
    describe_text(object, "display", desc->display_name);
    describe_text(object, "kind", handset_kind_name(desc->kind));
    describe_text(object, "colour", desc->colour);
    describe_text(object, "state", phone_state_name(vm->state));
    describe_text(object, "reason", vm->reason);
    describe_text(object, "share", vm->share);
    json_object_set_boolean_member(object, "front", vm->phone->front == desc);
    add_boot(object, vm);
    describe_text(object, "last_line", vm->log ? vmlog_last_line(vm->log) : "");
    return object;
}

JsonArray *describe_vms(struct phone *phone)
{
    JsonArray *array = json_array_new();

    for (unsigned i = 0; i < phone->vm_count; i++) {
        json_array_add_object_element(array, describe_vm(&phone->vm[i]));
    }
    return array;
}
