/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "machine/call.h"
#include "control/cameras.h"
#include "control/session.h"
#include "control/verbs.h"

/* A request on its way to the machine's thread and back. */
struct camera_call {
    struct request *request;
    bool set;
    enum camera_id camera;
    enum camera_source source;
    struct scene *scene;
    char *file;
    JsonObject *body;
};

static gboolean answer(gpointer data)
{
    struct camera_call *call = data;

    if (call->body) {
        request_ok(call->request, call->body);
    } else {
        request_fail(call->request, "bad-state", "the board has no cameras");
    }
    g_free(call->file);
    g_free(call);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_machine(void *opaque)
{
    struct camera_call *call = opaque;

    if (call->set) {
        cameras_set(call->camera, call->source, call->scene, call->file);
    }
    call->body = cameras_describe();
    phone_invoke(call->request->server->config.phone, answer, call);
}

/* False: it cannot be opened, and the request is answered so. */
static bool open_scene(struct camera_call *call)
{
    g_autoptr(GError) error = NULL;

    if (call->source == CAMERA_SOURCE_FILE) {
        call->scene = scene_open(call->file, &error);
    } else if (call->source == CAMERA_SOURCE_OFF) {
        call->scene = scene_dark();
    }
    if (error) {
        request_fail(call->request, "io", "%s", error->message);
        return false;
    }
    return true;
}

static enum camera_source source_of(const char *name)
{
    return strcmp(name, "file") == 0  ? CAMERA_SOURCE_FILE
           : strcmp(name, "off") == 0 ? CAMERA_SOURCE_OFF
                                      : CAMERA_SOURCE_PATTERN;
}

/* False: the members do not belong together, and the request is answered so. */
static bool makes_sense(struct request *request, const char *source, const char *file)
{
    const char *wrong = NULL;

    if (source && !args_has(request->args, "camera")) {
        wrong = "say which camera: front or back";
    } else if (file && g_strcmp0(source, "file") != 0) {
        wrong = "'file' goes with 'source': 'file'";
    } else if (!file && g_strcmp0(source, "file") == 0) {
        wrong = "name a file";
    }
    if (wrong) {
        request_fail(request, "bad-request", "%s", wrong);
    }
    return !wrong;
}

void verb_camera(struct request *request)
{
    const char *camera = args_string(request->args, "camera", "front");
    const char *source = args_string(request->args, "source", NULL);
    const char *file = args_string(request->args, "file", NULL);
    struct camera_call *call;

    if (!request_has_machine(request) || !makes_sense(request, source, file)) {
        return;
    }
    call = g_new0(struct camera_call, 1);
    *call = (struct camera_call){
        .request = request,
        .set = source != NULL,
        .camera = strcmp(camera, "back") == 0 ? CAMERA_BACK : CAMERA_FRONT,
        .source = source ? source_of(source) : CAMERA_SOURCE_PATTERN,
        .file = g_strdup(file),
    };
    if (call->set && !open_scene(call)) {
        g_free(call->file);
        g_free(call);
        return;
    }
    machine_call(on_machine, call);
}
