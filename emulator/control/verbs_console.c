/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/line.h"
#include "control/session.h"
#include "control/verbs.h"

#define MAX_BYTES   65536
#define EVENT_BYTES 65536

/* What the member `vm` names here: a VM's console or EL2's. */
struct console {
    const char *name;
    const struct vmlog *log;
    unsigned uart;
};

/* False: there is no such console and the request is answered so. */
static bool find_console(struct request *request, struct console *console)
{
    struct phone *phone = request->server->config.phone;
    g_autofree char *name = args_name(request->args, "vm");
    struct phone_vm *vm;

    if (strcmp(name, "el2") == 0) {
        *console = (struct console){"el2", phone->el2_log, HANDSET_UART_EL2};
        return true;
    }
    vm = request_vm(request);
    if (vm && !vm->log) {
        request_fail(request, "no-vm", "%s has no console", vm->desc->name);
        return false;
    }
    if (vm) {
        *console = (struct console){vm->desc->name, vm->log, (unsigned)vm->desc->uart};
    }
    return vm != NULL;
}

static void unfollow(struct session *session, const struct vmlog *log)
{
    for (unsigned i = 0; i < SESSION_LOGS; i++) {
        if (session->follow[i].log == log) {
            session->follow[i].log = NULL;
        }
    }
}

static void follow(struct session *session, const struct console *console, uint64_t next)
{
    unfollow(session, console->log);
    for (unsigned i = 0; i < SESSION_LOGS; i++) {
        if (!session->follow[i].log) {
            session->follow[i] = (struct follow){console->log, console->name, next};
            return;
        }
    }
}

void verb_console(struct request *request)
{
    bool follows = args_bool(request->args, "follow", false);
    bool has_max = args_has(request->args, "max");
    struct console console;

    if (!find_console(request, &console)) {
        return;
    }
    if (follows && has_max) {
        request_fail(request, "bad-request", "console: 'max' cannot be given with 'follow'");
        return;
    }
    uint64_t end = vmlog_end(console.log), from;
    uint64_t tail = (uint64_t)args_int(request->args, "tail", 0);
    uint64_t offset = (uint64_t)args_int(request->args, "offset", (gint64)(end - MIN(end, tail)));
    gsize max = follows ? VMLOG_MEMORY : (gsize)args_int(request->args, "max", MAX_BYTES);
    g_autoptr(GByteArray) bytes = vmlog_read(console.log, offset, max, &from);
    g_autofree char *text = vmlog_text(bytes->data, bytes->len);
    JsonObject *body = json_object_new();

    json_object_set_string_member(body, "vm", console.name);
    json_object_set_int_member(body, "offset", (gint64)from);
    json_object_set_int_member(body, "next", (gint64)(from + bytes->len));
    json_object_set_int_member(body, "end", (gint64)end);
    json_object_set_int_member(body, "lost", (gint64)(from > offset ? from - offset : 0));
    json_object_set_string_member(body, "text", text);
    if (follows) {
        follow(request->session, &console, from + bytes->len);
    } else if (args_has(request->args, "follow")) {
        unfollow(request->session, console.log);
    }
    request_ok(request, body);
}

static void send_event(struct session *session, struct follow *follow, const GByteArray *bytes,
                       uint64_t from)
{
    g_autofree char *text = vmlog_text(bytes->data, bytes->len);
    g_autoptr(JsonObject) event = json_object_new();

    follow->next = from + bytes->len;
    json_object_set_string_member(event, "event", "console");
    json_object_set_string_member(event, "vm", follow->name);
    json_object_set_int_member(event, "offset", (gint64)from);
    json_object_set_int_member(event, "next", (gint64)follow->next);
    json_object_set_string_member(event, "text", text);
    client_send(session->client, event);
}

void session_send_console(struct session *session, const struct vmlog *log)
{
    for (unsigned i = 0; i < SESSION_LOGS; i++) {
        struct follow *follow = &session->follow[i];
        while (follow->log == log && follow->next < vmlog_end(log)) {
            uint64_t from;
            g_autoptr(GByteArray) bytes = vmlog_read(log, follow->next, EVENT_BYTES, &from);
            gsize whole = vmlog_whole(bytes->data, bytes->len);
            if (whole == 0) {
                break; /* a character that is still on its way */
            }
            g_byte_array_set_size(bytes, (guint)whole);
            send_event(session, follow, bytes, from);
        }
    }
}

/* Nobody reads what is typed now; the reason, or NULL. */
static const char *why_deaf(struct request *request, const struct console *console)
{
    struct phone *phone = request->server->config.phone;
    const struct phone_vm *vm = phone_find_vm(phone, console->name);

    if (!vm) {
        return "the hypervisor, which reads nothing from its console";
    }
    bool stands = vm->state == VM_OFF || vm->state == VM_PAUSED || vm->state == VM_STOPPED;
    return stands ? phone_state_name(vm->state) : NULL;
}

void verb_console_input(struct request *request)
{
    const char *text = args_string(request->args, "text", "");
    struct console console;

    if (!find_console(request, &console)) {
        return;
    }
    const char *deaf = why_deaf(request, &console);
    if (deaf) {
        request_fail(request, "bad-state", "%s is %s", console.name, deaf);
    } else if (line_send(console.uart, text, strlen(text))) {
        request_ok(request, NULL);
    } else {
        request_fail(request, "busy", "%s has not read what was typed before", console.name);
    }
}
