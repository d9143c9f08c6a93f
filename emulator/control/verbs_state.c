/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/session.h"
#include "control/verbs.h"
#include "machine/trace_hash.h"

#include <unistd.h>

#define API_VERSION 1

void verb_hello(struct request *request)
{
    JsonObject *body = json_object_new();

    json_object_set_string_member(body, "program", "phonebooth");
    json_object_set_string_member(body, "version", request->server->config.version);
    json_object_set_int_member(body, "api", API_VERSION);
    json_object_set_string_member(body, "name", request->server->config.phone->name);
    json_object_set_int_member(body, "pid", getpid());
    request_ok(request, body);
}

static JsonObject *describe_screen(struct shadow *shadow)
{
    JsonObject *screen = json_object_new();

    g_mutex_lock(&shadow->lock);
    json_object_set_int_member(screen, "width", shadow->width);
    json_object_set_int_member(screen, "height", shadow->height);
    g_mutex_unlock(&shadow->lock);
    return screen;
}

static void add_boot(JsonObject *body, struct phone *phone)
{
    g_autofree char *headline = phone_headline(phone);

    json_object_set_boolean_member(body, "ready", phone->ready_s >= 0);
    if (phone->ready_s >= 0) {
        json_object_set_double_member(body, "ready_s", phone->ready_s);
    } else {
        json_object_set_null_member(body, "ready_s");
    }
    json_object_set_int_member(body, "progress", phone_progress(phone));
    json_object_set_string_member(body, "headline", headline);
}

/* What the host could not do for the disks, in one line. */
static void add_trouble(JsonObject *body, struct phone *phone)
{
    g_autofree char *line = trouble_line(&phone->trouble, phone->handset);

    if (line) {
        g_autofree char *valid = g_utf8_make_valid(line, -1);
        json_object_set_string_member(body, "trouble", valid);
    } else {
        json_object_set_null_member(body, "trouble");
    }
}

void verb_status(struct request *request)
{
    struct phone *phone = request->server->config.phone;
    g_autofree char *hash = trace_hash_text();
    JsonObject *body = json_object_new();

    json_object_set_string_member(body, "name", phone->name);
    json_object_set_int_member(body, "pid", getpid());
    json_object_set_string_member(body, "version", request->server->config.version);
    json_object_set_string_member(body, "handset", phone->handset->dir);
    json_object_set_double_member(body, "uptime_s", phone_uptime_s(phone));
    json_object_set_string_member(body, "machine", phone_machine_name(phone->machine));
    add_boot(body, phone);
    add_trouble(body, phone);
    json_object_set_boolean_member(body, "service", phone->service_up);
    json_object_set_int_member(body, "restarts", phone->restarts);
    if (phone->front) {
        json_object_set_string_member(body, "front", phone->front->name);
    } else {
        json_object_set_null_member(body, "front");
    }
    json_object_set_string_member(body, "view", phone->side ? "side" : "single");
    json_object_set_boolean_member(body, "display", phone->display_on);
    json_object_set_string_member(body, "attitude", attitude_name(phone->attitude));
    json_object_set_object_member(body, "screen",
                                  describe_screen(&request->server->config.screen->shadow));
    json_object_set_string_member(body, "logs", phone->log_dir);
    describe_text(body, "trace_hash", hash);
    json_object_set_array_member(body, "vms", describe_vms(phone));
    request_ok(request, body);
}

void verb_vms(struct request *request)
{
    JsonObject *body = json_object_new();

    json_object_set_array_member(body, "vms", describe_vms(request->server->config.phone));
    request_ok(request, body);
}
