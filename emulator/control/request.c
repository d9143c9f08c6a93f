/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "control/session.h"
#include "snapshot/failure.h"

void request_drop(struct request *request)
{
    if (request->session) {
        request->session->waiting--;
    }
    g_ptr_array_remove_fast(request->server->requests, request);
    client_unref(request->client);
    json_node_unref(request->id);
    json_object_unref(request->args);
    g_free(request);
}

/* Takes `body` over, adds id and ok, sends, frees the request. */
static void answer(struct request *request, JsonObject *body, bool ok)
{
    json_object_set_member(body, "id", json_node_copy(request->id));
    json_object_set_boolean_member(body, "ok", ok);
    client_send(request->client, body);
    json_object_unref(body);
    request_drop(request);
}

void request_ok(struct request *request, JsonObject *body)
{
    answer(request, body ? body : json_object_new(), true);
}

static void fail(struct request *request, JsonObject *body, const char *code, const char *format,
                 va_list args)
{
    g_autofree char *message = g_strdup_vprintf(format, args);

    json_object_set_string_member(body, "error", code);
    json_object_set_string_member(body, "message", message);
    answer(request, body, false);
}

void request_fail(struct request *request, const char *code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fail(request, json_object_new(), code, format, args);
    va_end(args);
}

void request_fail_with(struct request *request, JsonObject *body, const char *code,
                       const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fail(request, body, code, format, args);
    va_end(args);
}

static char *list_names(const struct handset *handset)
{
    GString *names = g_string_new(NULL);

    for (unsigned i = 0; i < handset->vm_count; i++) {
        g_string_append_printf(names, "%s%s", i ? ", " : "", handset->vm[i].name);
    }
    return g_string_free(names, FALSE);
}

struct phone_vm *request_vm(struct request *request)
{
    struct phone *phone = request->server->config.phone;
    g_autofree char *name = args_name(request->args, "vm");
    struct phone_vm *vm = phone_find_vm(phone, name);

    if (!vm) {
        g_autofree char *names = list_names(phone->handset);
        request_fail(request, "no-vm", "no VM '%s'; there are: %s", name, names);
    }
    return vm;
}

bool request_has_machine(struct request *request)
{
    bool stopped = request->server->config.phone->machine == MACHINE_STOPPED;

    if (stopped) {
        request_fail(request, "machine-stopped", "the machine has stopped");
    }
    return !stopped;
}

static bool machine_runs(struct request *request)
{
    bool paused = request->server->config.phone->machine == MACHINE_PAUSED;

    if (paused) {
        request_fail(request, "bad-state", "the machine is paused; `resume` it first");
    }
    return !paused && request_has_machine(request);
}

static bool switchboard_answers(struct request *request)
{
    bool up = request->server->config.phone->service_up;

    if (!up) {
        request_fail(request, "not-ready",
                     "the switchboard is not up yet; `status` says what is going on");
    }
    return up;
}

bool request_reaches(struct request *request, const struct phone_vm *vm, const char *where)
{
    if (!vm) {
        request_fail(request, "bad-state", "no persona is %s yet", where);
        return false;
    }
    if (vm->state == VM_OFF || vm->state == VM_PAUSED || vm->state == VM_STOPPED) {
        request_fail(request, "bad-state", "%s, which is %s, is %s", vm->desc->name, where,
                     phone_state_name(vm->state));
        return false;
    }
    return true;
}

static bool front_runs(struct request *request)
{
    struct phone *phone = request->server->config.phone;

    return request_reaches(request, phone->front ? &phone->vm[phone->front->id] : NULL, "in front");
}

bool request_possible(struct request *request, enum need need)
{
    return (need < NEED_MACHINE || machine_runs(request)) &&
           (need < NEED_SWITCHBOARD || switchboard_answers(request)) &&
           (need < NEED_FRONT || front_runs(request));
}

struct input_source *request_source(struct request *request)
{
    if (args_bool(request->args, "keep", false)) {
        return request->server->kept;
    }
    return request->session ? request->session->source : NULL;
}

static const char *const input_errors[] = {
    [INPUT_STILL] = "the machine does not run; `resume` it first",
    [INPUT_FULL] = "all fingers of the panel are down",
    [INPUT_HELD] = "is down already",
    [INPUT_NOT_HELD] = "is not down",
};

bool request_accepted(struct request *request, enum input_result result, const char *what)
{
    bool about_it = result == INPUT_HELD || result == INPUT_NOT_HELD;

    if (result == INPUT_DONE) {
        return true;
    }
    request_fail(request, "bad-state", "%s%s%s", about_it ? what : "", about_it ? " " : "",
                 input_errors[result]);
    return false;
}

void request_service(struct request *request, unsigned timeout_s, service_reply_fn *reply,
                     const char *format, ...)
{
    struct phone *phone = request->server->config.phone;
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    service_request(phone->service, text, timeout_s, reply, request);
}

static const struct {
    GIOErrorEnum error;
    const char *code;
} service_errors[] = {
    {G_IO_ERROR_TIMED_OUT, "timeout"},
    {G_IO_ERROR_BUSY, "busy"},
    {G_IO_ERROR_CANCELLED, "not-ready"},
};

/* The switchboard says "CODE: why" if a code of the API fits, else only why. */
static const char *refusal_of(const char *text, const char **why)
{
    for (const char *const *code = schema_errors; *code; code++) {
        gsize length = strlen(*code);
        if (strncmp(text, *code, length) == 0 && strncmp(text + length, ": ", 2) == 0) {
            *why = text + length + 2;
            return *code;
        }
    }
    *why = text;
    return "refused";
}

const char *request_refusal(const struct service_line *line, const GError *error, const char **why)
{
    if (line) {
        return line->kind == SERVICE_OK ? NULL : refusal_of(line->text, why);
    }
    *why = error->message;
    for (unsigned i = 0; i < G_N_ELEMENTS(service_errors); i++) {
        if (g_error_matches(error, G_IO_ERROR, (gint)service_errors[i].error)) {
            return service_errors[i].code;
        }
    }
    return "refused";
}

bool request_refused(struct request *request, const struct service_line *line, const GError *error)
{
    const char *why;
    const char *code = request_refusal(line, error, &why);

    if (code) {
        bool plain = line && strcmp(code, "refused") == 0;
        request_fail(request, code, "%s%s", plain ? "the switchboard says: " : "", why);
    }
    return code != NULL;
}

bool request_not_saved(struct request *request, const GError *error)
{
    if (error) {
        request_fail(request, failure_code(error), "%s", error->message);
    }
    return error != NULL;
}
