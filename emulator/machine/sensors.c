/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object.h"
#include "machine/sensors.h"

static Object *hub(void)
{
    return object_resolve_path("/machine/sensors", NULL);
}

bool sensors_read(const char *name, unsigned axes, int64_t *value)
{
    Object *sensors = hub();
    g_autofree char *text = sensors ? object_property_get_str(sensors, name, NULL) : NULL;
    g_auto(GStrv) word = text ? g_strsplit(text, " ", -1) : NULL;

    if (!word || g_strv_length(word) != axes) {
        return false;
    }
    for (unsigned i = 0; i < axes; i++) {
        value[i] = g_ascii_strtoll(word[i], NULL, 10);
    }
    return true;
}

bool sensors_set(const char *name, unsigned axes, const int64_t *value)
{
    Object *sensors = hub();
    g_autoptr(GString) text = g_string_new(NULL);

    for (unsigned i = 0; i < axes; i++) {
        g_string_append_printf(text, "%s%" PRId64, i ? " " : "", value[i]);
    }
    return sensors && object_property_set_str(sensors, name, text->str, NULL);
}
