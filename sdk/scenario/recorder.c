/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "recorder.h"

#include <stdlib.h>
#include <string.h>

#include "recorder_keys.h"
#include "recorder_touch.h"

#define PAUSE_LEAST 0.7  /* seconds; a shorter one is no waiting */
#define PAUSE_MOST  20.0 /* a person was away */
#define OWN_EFFECT  3.0  /* what changes so soon after a gesture or key is its effect */

struct recorder {
    struct recorder_listener listener;
    struct recorder_touch *touch;
    struct recorder_keys *keys;
    double last;    /* when the last step ended; 0: none yet */
    double touched; /* when a finger or key was last in use */
};

static void write_step(struct recorder *recorder, const char *step, const char *text)
{
    g_autofree char *quoted = g_shell_quote(text);
    g_autofree char *line = g_strdup_printf("%s %s", step, quoted);

    recorder->listener.line(recorder->listener.data, line);
}

/* A step that began at `begin`: the time before it was spent waiting for something. */
static void write_after_pause(struct recorder *recorder, double begin, const char *line)
{
    const double pause = recorder->last > 0 ? begin - recorder->last : 0;

    if (pause >= PAUSE_LEAST) {
        g_autofree char *text = g_strdup_printf("sleep %.1f", MIN(pause, PAUSE_MOST));
        recorder->listener.line(recorder->listener.data, text);
    }
    recorder->listener.line(recorder->listener.data, line);
}

static void on_keys(gpointer data, double begin, double end, const char *line)
{
    struct recorder *recorder = data;

    write_after_pause(recorder, begin, line);
    recorder->last = MAX(end, recorder->last);
}

/* A tap on a text waits for it; elsewhere a text that was there says that the screen is the same.
 */
static void on_touch(gpointer data, double begin, double end, const struct recorder_tap *tap,
                     const char *line)
{
    struct recorder *recorder = data;
    g_autofree char *text = NULL, *landmark = NULL;

    recorder_flush(recorder);
    if (tap) {
        recorder->listener.look(recorder->listener.data, begin, tap->x, tap->y, &text, &landmark);
    }
    if (text) {
        write_step(recorder, "tap text", text);
    } else if (landmark) {
        write_step(recorder, "wait text", landmark);
        recorder->listener.line(recorder->listener.data, line);
    } else {
        write_after_pause(recorder, begin, line);
    }
    recorder->last = MAX(end, recorder->last);
}

struct recorder *recorder_new(const struct recorder_listener *listener)
{
    struct recorder *recorder = g_new0(struct recorder, 1);

    recorder->listener = *listener;
    recorder->touch = recorder_touch_new(on_touch, recorder);
    recorder->keys = recorder_keys_new(on_keys, recorder);
    return recorder;
}

void recorder_free(struct recorder *recorder)
{
    recorder_touch_free(recorder->touch);
    recorder_keys_free(recorder->keys);
    g_free(recorder);
}

void recorder_flush(struct recorder *recorder)
{
    recorder_keys_flush(recorder->keys);
}

/* ---- What is no finger and no key -------------------------------------------------------------
 */

/* Verbs that do something to the phone, beside those that become fingers, keys and changes. */
static gboolean is_step(const char *verb)
{
    static const char *const steps[] = {
        "battery",     "sensor",      "geo",           "light",   "audio",     "camera",
        "headset",     "net-link",    "net-airplane",  "net-dns", "net-proxy", "net-rule",
        "net-profile", "net-forward", "console-input", "vm",      "pause",     "resume",
        NULL};

    return g_strv_contains(steps, verb);
}

/* Verbs whose effect comes as a change, which is nobody's finger then. */
static gboolean is_change(const char *verb)
{
    static const char *const changes[] = {"switch", "view", "display", "rotate", NULL};

    return g_strv_contains(changes, verb);
}

/* One that only asks. */
static gboolean asks(JsonObject *request)
{
    g_autoptr(GList) members = json_object_get_members(request);
    guint count = 0;

    for (GList *member = members; member; member = member->next) {
        count += !g_str_equal(member->data, "id") && !g_str_equal(member->data, "verb") &&
                 !g_str_equal(member->data, "vm");
    }
    return count == 0;
}

/* What booth types, which comes as no key. A step is one line. */
static void take_text(struct recorder *recorder, const char *text, double now)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    recorder_flush(recorder);
    for (char **line = lines; *line; line++) {
        g_autofree char *quoted = g_shell_quote(*line);
        g_autofree char *step = g_strdup_printf("text %s", quoted);

        if (**line != '\0') {
            write_after_pause(recorder, now, step);
            recorder->last = now;
        }
        if (line[1]) {
            write_after_pause(recorder, now, "key enter");
            recorder->last = now;
        }
    }
}

static void take_request(struct recorder *recorder, JsonObject *request, double now)
{
    const char *verb = json_object_get_string_member_with_default(request, "verb", "");
    g_autoptr(JsonNode) node = NULL;
    g_autofree char *text = NULL, *quoted = NULL, *line = NULL;

    if (is_change(verb)) {
        recorder->touched = -OWN_EFFECT;
    }
    if (g_str_equal(verb, "text")) {
        take_text(recorder, json_object_get_string_member_with_default(request, "text", ""), now);
        return;
    }
    if (!is_step(verb) ||
        (asks(request) && !g_str_equal(verb, "pause") && !g_str_equal(verb, "resume"))) {
        return;
    }
    json_object_remove_member(request, "id");
    node = json_node_init_object(json_node_alloc(), request);
    text = json_to_string(node, FALSE);
    quoted = g_shell_quote(text);
    line = g_strdup_printf("call %s", quoted);
    recorder_flush(recorder);
    write_after_pause(recorder, now, line);
    recorder->last = now;
}

static void take_change(struct recorder *recorder, const char *verb, const char *value, double now)
{
    g_autofree char *quoted = g_shell_quote(value);
    g_autofree char *line = g_strdup_printf("%s %s", verb, quoted);

    if (now - recorder->touched < OWN_EFFECT) {
        return;
    }
    recorder_flush(recorder);
    write_after_pause(recorder, now, line);
    recorder->last = now;
}

static void take_input(struct recorder *recorder, JsonObject *event)
{
    const double time = json_object_get_double_member_with_default(event, "time", 0);

    recorder->touched = time;
    if (g_str_equal(json_object_get_string_member_with_default(event, "kind", ""), "touch")) {
        recorder_touch_take(recorder->touch, event, time);
    } else {
        recorder_keys_take(recorder->keys, event, time);
    }
}

void recorder_take(struct recorder *recorder, JsonObject *event, double now)
{
    const char *name = json_object_get_string_member_with_default(event, "event", "");
    const char *value = NULL;

    if (g_str_equal(name, "input")) {
        take_input(recorder, event);
    } else if (g_str_equal(name, "request") && json_object_has_member(event, "request")) {
        take_request(recorder, json_object_get_object_member(event, "request"), now);
    } else if (g_str_equal(name, "attitude")) {
        value = json_object_get_string_member_with_default(event, "attitude", "portrait");
        take_change(recorder, "rotate", value, now);
    } else if (g_str_equal(name, "view")) {
        value = json_object_get_string_member_with_default(event, "view", "single");
        take_change(recorder, "view", value, now);
    } else if (g_str_equal(name, "display")) {
        gboolean on = json_object_get_boolean_member_with_default(event, "on", TRUE);
        take_change(recorder, "display", on ? "on" : "off", now);
    } else if (g_str_equal(name, "front")) {
        value = json_object_get_string_member_with_default(event, "vm", "next");
        take_change(recorder, "switch", value, now);
    }
}
