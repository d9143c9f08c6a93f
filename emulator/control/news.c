/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/battery.h"
#include "machine/news.h"
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

/* Machine's thread. */
static void on_news(void *opaque, const char *part)
{
    const bool battery = strcmp(part, "battery") == 0;
    struct server *server = opaque;
    struct battery_state state;
    struct news *news;
    JsonObject *members = NULL;

    if (!battery) {
        members = parts_describe_sensor(part);
    } else if (battery_read(&state)) {
        members = parts_describe_battery(&state);
    }
    if (members) {
        news = g_new(struct news, 1);
        *news = (struct news){server, battery ? PHONE_BATTERY : PHONE_SENSOR, members};
        phone_invoke(server->config.phone, send, news);
    }
}

void news_start(struct server *server)
{
    news_listen(on_news, server);
}
