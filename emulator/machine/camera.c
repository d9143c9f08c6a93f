/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object.h"
#include "hw/phonebooth/camera_host.h"
#include "machine/camera.h"

G_STATIC_ASSERT(CAMERAS == CAMERA_SENSORS);

bool camera_read(bool on[CAMERAS])
{
    Object *camera = object_resolve_path("/machine/camera", NULL);

    if (!camera) {
        return false;
    }
    on[CAMERA_FRONT] = object_property_get_bool(camera, "front", &error_abort);
    on[CAMERA_BACK] = object_property_get_bool(camera, "back", &error_abort);
    return true;
}

void camera_look(enum camera_id camera, camera_fill_fn *fill, void *opaque)
{
    camera_host_scene(camera, fill, opaque);
}
