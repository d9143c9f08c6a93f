/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object.h"
#include "machine/lights.h"

bool lights_switch(bool set, bool *silent)
{
    Object *lights = object_resolve_path("/machine/lights", NULL);

    if (lights && set) {
        object_property_set_bool(lights, "silent", *silent, &error_abort);
    }
    if (lights) {
        *silent = object_property_get_bool(lights, "silent", &error_abort);
    }
    return lights;
}
