/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/service.h"

#include "phone/clock.h"

#include <gio/gio.h>
#include <inttypes.h>
#include <string.h>

struct service {
    GMainContext *context;
    service_send_fn *send;
    service_event_fn *event;
    void *opaque;
    GString *line; /* the one being received */
    bool overlong; /* it is too long: ignored up to its end */
    uint32_t next_id;
    GHashTable *waiting; /* id to struct waiting * */
};

struct waiting {
    struct service *service;
    uint32_t id;
    service_reply_fn *reply;
    void *opaque;
    GSource *timeout;
};

static void waiting_free(gpointer data)
{
    struct waiting *waiting = data;
    g_source_destroy(waiting->timeout);
    g_source_unref(waiting->timeout);
    g_free(waiting);
}

struct service *service_new(GMainContext *context, service_send_fn *send, service_event_fn *event,
                            void *opaque)
{
    struct service *service = g_new0(struct service, 1);
    service->context = context;
    service->send = send;
    service->event = event;
    service->opaque = opaque;
    service->line = g_string_new(NULL);
    service->next_id = 1;
    service->waiting = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, waiting_free);
    return service;
}

void service_free(struct service *service)
{
    if (!service) {
        return;
    }
    service_cancel_all(service);
    g_hash_table_unref(service->waiting);
    g_string_free(service->line, TRUE);
    g_free(service);
}

/* Takes the request off the table first: its reply function may send the next one. */
static void finish(struct service *service, uint32_t id, const struct service_line *line,
                   const GError *error)
{
    gpointer stolen = NULL;

    if (g_hash_table_steal_extended(service->waiting, GUINT_TO_POINTER(id), NULL, &stolen)) {
        struct waiting *waiting = stolen;
        waiting->reply(waiting->opaque, line, error);
        waiting_free(waiting);
    }
}

static void fail(struct service *service, uint32_t id, GIOErrorEnum code, const char *message)
{
    g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, (gint)code, message);
    finish(service, id, NULL, error);
}

static gboolean timed_out(gpointer opaque)
{
    struct waiting *waiting = opaque;
    fail(waiting->service, waiting->id, G_IO_ERROR_TIMED_OUT, "the switchboard does not answer");
    return G_SOURCE_REMOVE;
}

void service_cancel_all(struct service *service)
{
    g_autoptr(GList) ids = g_hash_table_get_keys(service->waiting);

    for (GList *id = ids; id; id = id->next) {
        fail(service, GPOINTER_TO_UINT(id->data), G_IO_ERROR_CANCELLED,
             "the switchboard started anew");
    }
}

unsigned service_waiting(const struct service *service)
{
    return g_hash_table_size(service->waiting);
}

uint32_t service_last_id(const struct service *service)
{
    return service->next_id;
}

void service_skip_ids(struct service *service, uint32_t last)
{
    service->next_id = last;
}

static uint32_t take_id(struct service *service)
{
    do {
        service->next_id = service->next_id == UINT32_MAX ? 1 : service->next_id + 1;
    } while (g_hash_table_contains(service->waiting, GUINT_TO_POINTER(service->next_id)));
    return service->next_id;
}

static void send(struct service *service, const char *request, GSource *timeout,
                 service_reply_fn *reply, void *opaque)
{
    struct waiting *waiting = g_new0(struct waiting, 1);
    uint32_t id = take_id(service);
    g_autofree char *line = g_strdup_printf("%" PRIu32 " %s\n", id, request);

    *waiting = (struct waiting){service, id, reply, opaque, timeout};
    g_source_set_callback(waiting->timeout, timed_out, waiting, NULL);
    g_source_attach(waiting->timeout, service->context);
    g_hash_table_insert(service->waiting, GUINT_TO_POINTER(id), waiting);
    if (!service->send(line, strlen(line))) {
        fail(service, id, G_IO_ERROR_BUSY, "the service port takes no more requests");
    }
}

void service_request(struct service *service, const char *request, unsigned timeout_s,
                     service_reply_fn *reply, void *opaque)
{
    send(service, request, clock_timeout_new(timeout_s * 1000, CLOCK_DRIVES), reply, opaque);
}

void service_mention(struct service *service, const char *request, unsigned timeout_s,
                     service_reply_fn *reply, void *opaque)
{
    send(service, request, clock_timeout_new(timeout_s * 1000, CLOCK_MEANWHILE), reply, opaque);
}

static void take_line(struct service *service, const char *text)
{
    struct service_line line;

    if (!service_line_parse(text, &line)) {
        return;
    }
    if (line.kind == SERVICE_EVENT) {
        service->event(service->opaque, &line);
    } else {
        finish(service, line.id, &line, NULL);
    }
    service_line_clear(&line);
}

void service_receive(struct service *service, const uint8_t *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            g_autofree char *text = g_strdup(service->line->str);
            bool whole = !service->overlong;
            g_string_truncate(service->line, 0);
            service->overlong = false;
            if (whole) {
                take_line(service, text);
            }
        } else if (service->line->len >= SERVICE_LINE_MAX) {
            service->overlong = true;
        } else if (bytes[i] != '\r') {
            g_string_append_c(service->line, (char)bytes[i]);
        }
    }
}
