/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/cameras.h"

#include "control/session.h"

static struct {
    enum camera_source source;
    struct scene *scene;
    char *file;
} cameras[CAMERAS];

void cameras_set(enum camera_id camera, enum camera_source source, struct scene *scene,
                 const char *file)
{
    struct scene *before = cameras[camera].scene;

    camera_look(camera, scene ? scene_fill : NULL, scene);
    scene_free(before);
    g_free(cameras[camera].file);
    cameras[camera].source = source;
    cameras[camera].scene = scene;
    cameras[camera].file = g_strdup(file);
}

JsonObject *cameras_describe(void)
{
    static const char *const names[CAMERAS] = {"front", "back"};
    static const char *const sources[] = {"pattern", "off", "file"};
    JsonArray *list;
    JsonObject *body;
    bool on[CAMERAS];

    if (!camera_read(on)) {
        return NULL;
    }
    list = json_array_new();
    for (unsigned i = 0; i < CAMERAS; i++) {
        JsonObject *camera = json_object_new();

        if (!on[i] && cameras[i].scene) {
            scene_rest(cameras[i].scene);
        }
        json_object_set_string_member(camera, "name", names[i]);
        json_object_set_string_member(camera, "source", sources[cameras[i].source]);
        describe_text(camera, "file", cameras[i].file);
        json_object_set_boolean_member(camera, "on", on[i]);
        json_array_add_object_element(list, camera);
    }
    body = json_object_new();
    json_object_set_array_member(body, "cameras", list);
    return body;
}
