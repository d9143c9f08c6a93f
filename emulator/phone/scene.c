/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/scene.h"

#include <gio/gio.h>
#include <string.h>

#include "phone/scene_private.h"

static void dark_frame(struct scene *scene, int64_t when)
{
    (void)scene;
    (void)when;
}

static void dark_free(struct scene *scene)
{
    (void)scene;
}

static const struct scene_ops dark_ops = {dark_frame, NULL, dark_free};

static void set_size(struct scene *scene, struct yuy2_size size)
{
    scene->size = size;
    scene->fresh = true;
    yuy2_black(scene->frame, 2 * size.width * size.height);
}

static struct scene *with_frame(struct scene *scene)
{
    if (scene) {
        scene->frame = g_malloc(YUY2_WIDE_BYTES);
        set_size(scene, (struct yuy2_size){YUY2_WIDTH, YUY2_HEIGHT});
    }
    return scene;
}

struct scene *scene_dark(void)
{
    struct scene *scene = g_new0(struct scene, 1);

    scene->ops = &dark_ops;
    return with_frame(scene);
}

/* Something else, such as a pipe, could keep whoever reads it for ever. */
static gboolean is_file(const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "%s: this is a folder", path);
        return FALSE;
    }
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: no such file", path);
        return FALSE;
    }
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                    "%s: neither a file nor a video device", path);
        return FALSE;
    }
    return TRUE;
}

struct scene *scene_open(const char *file, GError **error)
{
    GError *wrong = NULL;
    struct scene *scene = scene_open_device(file, &wrong);

    if (!scene && !wrong && is_file(file, &wrong)) {
        scene = scene_open_y4m(file, &wrong);
        if (!scene && !wrong) {
            scene = scene_open_picture(file, &wrong);
        }
    }
    if (wrong) {
        g_propagate_error(error, wrong);
    }
    return with_frame(scene);
}

void scene_fill(void *opaque, uint8_t *pixels, unsigned width, unsigned height, int64_t when)
{
    struct scene *scene = opaque;
    const bool half = width < YUY2_WIDTH;
    const struct yuy2_size size = {half ? YUY2_WIDTH : width, half ? YUY2_HEIGHT : height};

    if (scene->size.width != size.width) {
        set_size(scene, size);
    }
    scene->ops->frame(scene, when);
    scene->fresh = false;
    if (half) {
        yuy2_halve(pixels, scene->frame);
    } else {
        memcpy(pixels, scene->frame, 2ul * width * height);
    }
}

void scene_rest(struct scene *scene)
{
    if (scene->ops->rest) {
        scene->ops->rest(scene);
    }
}

void scene_free(struct scene *scene)
{
    if (scene) {
        g_free(scene->frame);
        scene->ops->free(scene);
        g_free(scene);
    }
}
