/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "machine/scanout.h"
#include "control/target.h"
#include "control/session.h"
#include "control/verbs.h"

#define FLIP_S 10

static JsonObject *describe_flip(const struct service_line *line)
{
    JsonObject *body = json_object_new();
    json_object_set_int_member(body, "frame", service_line_number(line, "frame", 0));
    json_object_set_int_member(body, "us", service_line_number(line, "us", 0));
    return body;
}

static void on_switched(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;
    struct phone *phone = request->server->config.phone;
    g_autofree char *to = args_name(request->args, "to");
    JsonObject *body;

    if (request_refused(request, line, error)) {
        return;
    }
    /* Its event may come after its answer; a client must not see the old one then. */
    phone_set_front(phone, phone_find_vm(phone, to));
    body = describe_flip(line);
    json_object_set_string_member(body, "front", phone->front ? phone->front->name : "");
    request_ok(request, body);
}

void verb_switch(struct request *request)
{
    struct phone *phone = request->server->config.phone;
    g_autofree char *to = args_name(request->args, "to");
    struct phone_vm *vm = phone_find_vm(phone, to);

    if (strcmp(to, "next") == 0) {
        request_service(request, FLIP_S, on_switched, "switch next");
    } else if (!vm || vm->desc->kind != PB_KIND_PERSONA) {
        request_fail(request, "no-vm", "no persona '%s'", to);
    } else {
        request_service(request, FLIP_S, on_switched, "switch %s", vm->desc->name);
    }
}

static void on_viewed(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;

    const char *mode = args_string(request->args, "mode", "");

    if (!request_refused(request, line, error)) {
        JsonObject *body = describe_flip(line);
        phone_set_view(request->server->config.phone, strcmp(mode, "side") == 0);
        json_object_set_string_member(body, "view", mode);
        request_ok(request, body);
    }
}

void verb_view(struct request *request)
{
    request_service(request, FLIP_S, on_viewed, "view %s", args_string(request->args, "mode", ""));
}

static void on_displayed(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;
    const char *state = args_string(request->args, "state", "");

    if (!request_refused(request, line, error)) {
        phone_set_display(request->server->config.phone, strcmp(state, "on") == 0);
        request_ok(request, NULL);
    }
}

void verb_display(struct request *request)
{
    request_service(request, FLIP_S, on_displayed, "display %s",
                    args_string(request->args, "state", ""));
}

/* A picture on its way: screen brought up to date, encoded by a worker, then answered. */
struct shot {
    struct request *request;
    char *file; /* NULL: into the reply */
    GBytes *png;
    int width, height;
    GError *error;
};

static gboolean answer_shot(gpointer data)
{
    g_autofree struct shot *shot = data;
    JsonObject *body = json_object_new();

    if (shot->error) {
        request_fail_with(shot->request, body, "io", "%s", shot->error->message);
    } else {
        json_object_set_int_member(body, "width", shot->width);
        json_object_set_int_member(body, "height", shot->height);
        if (shot->file) {
            json_object_set_string_member(body, "file", shot->file);
        } else {
            gsize size;
            const guchar *bytes = g_bytes_get_data(shot->png, &size);
            g_autofree char *text = g_base64_encode(bytes, size);
            json_object_set_string_member(body, "png", text);
        }
        request_ok(shot->request, body);
    }
    g_clear_error(&shot->error);
    g_clear_pointer(&shot->png, g_bytes_unref);
    g_free(shot->file);
    return G_SOURCE_REMOVE;
}

static bool write_png(const struct shot *shot, GError **error)
{
    g_autoptr(GError) why = NULL;
    gsize size;
    const char *bytes = g_bytes_get_data(shot->png, &size);

    if (!target_check(shot->file, error)) {
        return false;
    }
    if (!g_file_set_contents_full(shot->file, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                  0644, &why)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture: %s", why->message);
        return false;
    }
    return true;
}

static gpointer make_picture(gpointer data)
{
    struct shot *shot = data;
    struct server *server = shot->request->server;

    shot->png =
        shadow_png(&server->config.screen->shadow, &shot->width, &shot->height, &shot->error);
    if (shot->png && shot->file) {
        write_png(shot, &shot->error);
    }
    phone_invoke(server->config.phone, answer_shot, shot);
    return NULL;
}

/* Machine's thread: encoding takes longer than it may be held up. */
static void on_refreshed(void *opaque)
{
    g_thread_unref(g_thread_new("picture", make_picture, opaque));
}

void verb_shot(struct request *request)
{
    const char *file = args_string(request->args, "file", NULL);
    struct shot *shot = g_new0(struct shot, 1);

    shot->request = request;
    shot->file = g_strdup(file);
    scanout_refresh(on_refreshed, shot);
}
