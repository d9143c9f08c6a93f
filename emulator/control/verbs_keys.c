/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <linux/input-event-codes.h>
#include <string.h>

#include "control/verbs.h"
#include "input/keys.h"

#define ANSWER_S  10
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

static void on_taken(void *opaque, const struct service_line *line, const GError *error)
{
    struct typing *typing = opaque;

    if (request_refused(typing->request, line, error)) {
        g_array_unref(typing->changes);
        g_free(typing);
    } else {
        send_next(typing);
    }
}

static void send_next(struct typing *typing)
{
    struct phone *phone = typing->request->server->config.phone;

    if (typing->next == typing->changes->len) {
        request_ok(typing->request, NULL);
        g_array_unref(typing->changes);
        g_free(typing);
        return;
    }
    struct change change = g_array_index(typing->changes, struct change, typing->next++);
    g_autofree char *text = g_strdup_printf("key %d %d", change.code, change.value);
    service_request(phone->service, text, ANSWER_S, on_taken, typing);
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
    request_service(request, ANSWER_S, on_wheeled, "wheel %d",
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

    panel_button(press->button, false);
    request_ok(press->request, NULL);
    return G_SOURCE_REMOVE;
}

static void press_button(struct request *request, enum button button, unsigned ms)
{
    struct press *press = g_new(struct press, 1);

    *press = (struct press){request, button};
    panel_button(button, true);
    server_after(request->server, ms, release, press);
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
    } else {
        panel_button(button, strcmp(action, "down") == 0);
        request_ok(request, NULL);
    }
}

void verb_power(struct request *request)
{
    press_button(request, BUTTON_POWER, BUTTON_MS);
}
