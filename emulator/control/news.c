/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/battery.h"
#include "machine/news.h"
#include "control/cameras.h"
#include "control/news.h"
#include "control/parts.h"
#include "control/session.h"
#include "input/keys.h"
#include "input/watched.h"
#include "phone/clock.h"

/* A change on its way from the machine's thread to the phone's. */
struct news {
    struct server *server;
    enum phone_change change;
    JsonObject *members;
};

static gboolean send(gpointer data)
{
    g_autofree struct news *news = data;

    for (guint i = 0; i < news->server->sessions->len; i++) {
        session_send_event(g_ptr_array_index(news->server->sessions, i), news->change,
                           news->members);
    }
    json_object_unref(news->members);
    return G_SOURCE_REMOVE;
}

static JsonObject *describe_battery(void)
{
    struct battery_state state;

    return battery_read(&state) ? parts_describe_battery(&state) : NULL;
}

/* Machine's thread. */
static void on_news(void *opaque, const char *part)
{
    struct server *server = opaque;
    enum phone_change change = PHONE_SENSOR;
    JsonObject *members;
    struct news *news;

    if (strcmp(part, "battery") == 0) {
        change = PHONE_BATTERY;
        members = describe_battery();
    } else if (strcmp(part, "camera") == 0) {
        change = PHONE_CAMERA;
        members = cameras_describe();
    } else {
        members = parts_describe_sensor(part);
    }
    if (members) {
        news = g_new(struct news, 1);
        *news = (struct news){server, change, members};
        phone_invoke(server->config.phone, send, news);
    }
}

static const char *const touches[] = {
    [TOUCH_DOWN] = "down", [TOUCH_MOVE] = "move", [TOUCH_UP] = "up"};
static const char *const buttons[] = {[BUTTON_POWER] = "power",
                                      [BUTTON_VOLUME_UP] = "volume-up",
                                      [BUTTON_VOLUME_DOWN] = "volume-down"};

static void describe_touch(JsonObject *members, const struct screen *screen,
                           const struct watched *what)
{
    const struct input_point *at = &what->at;

    json_object_set_string_member(members, "type", touches[what->type]);
    json_object_set_int_member(members, "slot", what->slot);
    if (what->type != TOUCH_UP && at->width > 0 && at->height > 0) {
        json_object_set_int_member(members, "x", at->x * screen->shadow.width / at->width);
        json_object_set_int_member(members, "y", at->y * screen->shadow.height / at->height);
    }
}

/* Any thread, with the input's lock. The size of the screen does not change. */
static void on_input(void *opaque, const struct watched *what)
{
    static const char *const kinds[] = {
        [WATCHED_TOUCH] = "touch", [WATCHED_BUTTON] = "button", [WATCHED_KEY] = "key"};
    struct server *server = opaque;
    struct news *news = g_new(struct news, 1);
    JsonObject *members = json_object_new();

    json_object_set_string_member(members, "kind", kinds[what->kind]);
    json_object_set_double_member(members, "time", (double)clock_us() / 1e6);
    if (what->kind == WATCHED_TOUCH) {
        describe_touch(members, server->config.screen, what);
    } else {
        json_object_set_int_member(members, "value", what->value);
    }
    if (what->kind == WATCHED_BUTTON) {
        json_object_set_string_member(members, "button", buttons[what->button]);
    } else if (what->kind == WATCHED_KEY) {
        const char *name = keys_name(what->code);
        json_object_set_int_member(members, "code", what->code);
        describe_text(members, "key", name);
    }
    *news = (struct news){server, PHONE_INPUT, members};
    phone_invoke(server->config.phone, send, news);
}

void news_start(struct server *server)
{
    watched_listen(on_input, server);
    news_listen(on_news, server);
}
