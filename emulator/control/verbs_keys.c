/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <linux/input-event-codes.h>
#include <string.h>

#include "control/session.h"
#include "control/verbs.h"
#include "input/keys.h"

#define WHEEL_S   10
#define BUTTON_MS 120

/* Key changes on their way to the switchboard, one after the other. */
struct typing {
    struct request *request;
    GArray *changes; /* of struct change */
    guint next;
};

struct change {
    int code;
    int value; /* 0 up, 1 down */
};

static void send_next(struct typing *typing);

static void end_typing(struct typing *typing)
{
    g_array_unref(typing->changes);
    g_free(typing);
}

static void on_taken(void *opaque, const struct service_line *line, const GError *error)
{
    struct typing *typing = opaque;

    if ((line || error) && request_refused(typing->request, line, error)) {
        end_typing(typing);
    } else {
        send_next(typing);
    }
}

/* Whose key it is: this client's, or one that another has left down. */
static struct input_source *holder(struct request *request, const struct change *change)
{
    struct input_source *source = request_source(request);
    struct input_source *kept = request->server->kept;

    return change->value == 0 && source && !input_key_is_held(source, change->code) &&
                   input_key_is_held(kept, change->code)
               ? kept
               : source;
}

static void send_next(struct typing *typing)
{
    struct request *request = typing->request;
    enum input_result result = INPUT_NOT_HELD;

    if (typing->next == typing->changes->len) {
        request_ok(request, NULL);
        end_typing(typing);
        return;
    }
    const struct change *change = &g_array_index(typing->changes, struct change, typing->next++);
    struct input_source *source = holder(request, change);
    if (source) { /* else the client has gone, and with it what it held */
        result = input_key(source, change->code, change->value, on_taken, typing);
    }
    if (result != INPUT_DONE) {
        request_accepted(request, result, "this key");
        end_typing(typing);
    }
}

/* Takes `changes` over. */
static void type_changes(struct request *request, GArray *changes)
{
    struct typing *typing = g_new0(struct typing, 1);
    *typing = (struct typing){request, changes, 0};
    send_next(typing);
}

static void add_change(GArray *changes, int code, int value)
{
    struct change change = {code, value};
    g_array_append_val(changes, change);
}

/* A number is a code as it is, a name is looked up; -1: no such key. */
static int requested_key(struct request *request)
{
    g_autofree char *name = args_name(request->args, "key");
    JsonNode *node = json_object_get_member(request->args, "key");

    if (json_node_get_value_type(node) == G_TYPE_INT64) {
        gint64 code = json_node_get_int(node);
        return code >= 1 && code <= KEYS_MAX_CODE ? (int)code : -1;
    }
    return keys_code(name);
}

void verb_key(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    int code = requested_key(request);

    if (code < 0) {
        g_autofree char *name = args_name(request->args, "key");
        request_fail(request, "bad-request", "key: no key '%s'", name);
        return;
    }
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct change));
    if (strcmp(action, "up") != 0) {
        add_change(changes, code, 1);
    }
    if (strcmp(action, "down") != 0) {
        add_change(changes, code, 0);
    }
    type_changes(request, changes);
}

static bool add_char(GArray *changes, char c)
{
    int code;
    bool shift;

    if (!keys_for_char(c, &code, &shift)) {
        return false;
    }
    if (shift) {
        add_change(changes, KEY_LEFTSHIFT, 1);
    }
    add_change(changes, code, 1);
    add_change(changes, code, 0);
    if (shift) {
        add_change(changes, KEY_LEFTSHIFT, 0);
    }
    return true;
}

void verb_text(struct request *request)
{
    const char *text = args_string(request->args, "text", "");
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct change));

    for (const char *at = text; *at; at++) {
        if (!add_char(changes, *at)) {
            request_fail(request, "bad-request",
                         "text: no key types the character at byte %d (US keyboard)",
                         (int)(at - text));
            g_array_unref(changes);
            return;
        }
    }
    type_changes(request, changes);
}

static void on_wheeled(void *opaque, const struct service_line *line, const GError *error)
{
    if (!request_refused(opaque, line, error)) {
        request_ok(opaque, NULL);
    }
}

void verb_wheel(struct request *request)
{
    request_service(request, WHEEL_S, on_wheeled, "wheel %d",
                    (int)args_int(request->args, "steps", 0));
}

static const char *const button_names[] = {
    [BUTTON_POWER] = "power",
    [BUTTON_VOLUME_UP] = "volume-up",
    [BUTTON_VOLUME_DOWN] = "volume-down",
};

struct press {
    struct request *request;
    enum button button;
};

static gboolean release(gpointer data)
{
    g_autofree struct press *press = data;
    struct input_source *source = request_source(press->request);

    if (source) { /* else the client has gone, and with it what it held */
        input_button(source, press->button, false);
    }
    request_ok(press->request, NULL);
    return G_SOURCE_REMOVE;
}

static void press_button(struct request *request, enum button button, unsigned ms)
{
    struct press *press;

    if (!request_accepted(request, input_button(request_source(request), button, true),
                          button_names[button])) {
        return;
    }
    press = g_new(struct press, 1);
    *press = (struct press){request, button};
    server_after(request->server, ms, release, press);
}

static void release_button(struct request *request, enum button button)
{
    enum input_result result = input_button(request->session->source, button, false);

    if (result == INPUT_NOT_HELD) {
        result = input_button(request->server->kept, button, false);
    }
    if (request_accepted(request, result, button_names[button])) {
        request_ok(request, NULL);
    }
}

static void hold_button(struct request *request, enum button button)
{
    if (request_accepted(request, input_button(request_source(request), button, true),
                         button_names[button])) {
        request_ok(request, NULL);
    }
}

static enum button requested_button(struct request *request)
{
    const char *name = args_string(request->args, "button", "");
    enum button button = BUTTON_POWER;

    while (strcmp(button_names[button], name) != 0) {
        button++; /* args_check() has seen that it is one of them */
    }
    return button;
}

void verb_button(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    enum button button = requested_button(request);

    if (strcmp(action, "press") == 0) {
        press_button(request, button, (unsigned)args_int(request->args, "hold_ms", 0));
    } else if (strcmp(action, "down") == 0) {
        hold_button(request, button);
    } else {
        release_button(request, button);
    }
}

void verb_power(struct request *request)
{
    press_button(request, BUTTON_POWER, BUTTON_MS);
}
