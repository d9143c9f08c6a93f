/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/battery.h"
#include "machine/news.h"
#include "control/cameras.h"
#include "control/news.h"
#include "control/parts.h"
#include "control/session.h"

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

void news_start(struct server *server)
{
    news_listen(on_news, server);
}
