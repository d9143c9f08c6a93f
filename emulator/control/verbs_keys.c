/* SPDX-License-Identifier: GPL-2.0-or-later */
/* key, text, wheel: what the persona in front is sent by the switchboard. */
#include <linux/input-event-codes.h>
#include <string.h>

#include "control/session.h"
#include "control/typing.h"
#include "control/verbs.h"
#include "input/keys.h"

#define WHEEL_S 10

/* A key of the keyboard that goes down, up, or both. */
struct pressing {
    struct request *request;
    int code;
    bool down, up; /* what is still to be done */
};

/* Whose key it is: this client's, or one that another has left down. */
static struct input_source *holder(const struct pressing *pressing, bool down)
{
    struct input_source *source = request_source(pressing->request);
    struct input_source *kept = pressing->request->server->kept;

    return !down && source && !input_key_is_held(source, pressing->code) &&
                   input_key_is_held(kept, pressing->code)
               ? kept
               : source;
}

static void go_on(struct pressing *pressing);

static void on_taken(void *opaque, const struct service_line *line, const GError *error)
{
    struct pressing *pressing = opaque;

    if ((line || error) && request_refused(pressing->request, line, error)) {
        g_free(pressing);
    } else {
        go_on(pressing);
    }
}

static void go_on(struct pressing *pressing)
{
    bool down = pressing->down;
    struct input_source *source = holder(pressing, down);
    enum input_result result = INPUT_NOT_HELD;

    if (!pressing->down && !pressing->up) {
        request_ok(pressing->request, NULL);
        g_free(pressing);
        return;
    }
    if (down) {
        pressing->down = false;
    } else {
        pressing->up = false;
    }
    if (source) { /* else the client has gone, and with it what it held */
        result = input_key(source, pressing->code, down, on_taken, pressing);
    }
    if (result != INPUT_DONE) {
        request_accepted(pressing->request, result, "this key");
        g_free(pressing);
    }
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
    struct pressing *pressing;
    int code = requested_key(request);

    if (code < 0) {
        g_autofree char *name = args_name(request->args, "key");
        request_fail(request, "bad-request",
                     "key: a persona's keyboard has no key '%s'; give a name or a number up to %d",
                     name, KEYS_MAX_CODE);
        return;
    }
    pressing = g_new(struct pressing, 1);
    *pressing =
        (struct pressing){request, code, strcmp(action, "up") != 0, strcmp(action, "down") != 0};
    go_on(pressing);
}

static bool add_char(struct typing *typing, char c)
{
    int code;
    bool shift;

    if (!keys_for_char(c, &code, &shift)) {
        return false;
    }
    if (shift) {
        typing_add(typing, KEY_LEFTSHIFT, true);
    }
    typing_add(typing, code, true);
    typing_count_char(typing);
    typing_add(typing, code, false);
    if (shift) {
        typing_add(typing, KEY_LEFTSHIFT, false);
    }
    return true;
}

void verb_text(struct request *request)
{
    const char *text = args_string(request->args, "text", "");
    struct typing *typing = typing_new(request);

    for (const char *at = text; *at; at++) {
        if (!add_char(typing, *at)) {
            typing_free(typing);
            request_fail(request, "bad-request",
                         "text: no key types the character at byte %d (US keyboard)",
                         (int)(at - text));
            return;
        }
    }
    typing_start(typing, args_number(request->args, "timeout", 0));
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
