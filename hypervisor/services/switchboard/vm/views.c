/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <libfdt.h>

#include "views.h"

#include "el1/fdtread.h"

#define FULL 100u

/* No property: it sees the board's; a number that is no percentage: none. */
static void read_battery(struct vm_config *config, const void *fdt, int node)
{
    if (!fdt_getprop(fdt, node, "battery", NULL)) {
        config->battery = VM_VIEW_REAL;
        return;
    }
    config->battery_level = fdt_read_u32(fdt, node, "battery", UINT32_MAX);
    config->battery = config->battery_level <= FULL ? VM_VIEW_FIXED : VM_VIEW_ABSENT;
}

/* No property: it sees what the board's sensors say. */
static enum vm_view read_sensors(const void *fdt, int node)
{
    char text[16];

    fdt_read_text(fdt, node, "sensors", text, sizeof(text));
    if (!text[0]) {
        return VM_VIEW_REAL;
    }
    return !strcmp(text, "fixed") ? VM_VIEW_FIXED : VM_VIEW_ABSENT;
}

/* No property: what the board's receiver says; an empty one: nothing; else latitude, longitude. */
static void read_position(struct vm_config *config, const void *fdt, int node)
{
    int len;
    const fdt32_t *place = fdt_getprop(fdt, node, "position", &len);

    config->position = !place ? VM_VIEW_REAL : len == 8 ? VM_VIEW_FIXED : VM_VIEW_ABSENT;
    if (config->position == VM_VIEW_FIXED) {
        config->latitude = (int32_t)fdt32_to_cpu(place[0]);
        config->longitude = (int32_t)fdt32_to_cpu(place[1]);
    }
}

/* The place of a property's text among names; no property: the first. */
static unsigned read_choice(const void *fdt, int node, const char *property,
                            const char *const *names, unsigned count)
{
    char text[16];

    fdt_read_text(fdt, node, property, text, sizeof(text));
    for (unsigned i = 0; text[0] && i < count; i++) {
        if (!strcmp(text, names[i])) {
            return i;
        }
    }
    return text[0] ? count - 1 : 0;
}

static void read_sound(struct vm_config *config, const void *fdt, int node)
{
    static const char *const sounds[] = {"ducked", "mixed", "front", "absent"};
    static const char *const microphones[] = {"front", "always", "absent"};

    config->sound = read_choice(fdt, node, "sound", sounds, 4);
    config->microphone = read_choice(fdt, node, "microphone", microphones, 3);
}

static enum vm_view read_camera(const void *fdt, int node)
{
    static const char *const cameras[] = {"real", "absent"};

    return read_choice(fdt, node, "camera", cameras, 2) ? VM_VIEW_ABSENT : VM_VIEW_REAL;
}

/* No property: all. */
static uint32_t read_networks(const void *fdt, int node)
{
    static const char *const names[] = {"all", "wifi", "cellular", "none"};
    static const uint32_t networks[] = {3, 1, 2, 0};

    return networks[read_choice(fdt, node, "network", names, 4)];
}

void views_read(struct vm_config *config, const void *fdt, int node)
{
    read_battery(config, fdt, node);
    config->sensors = read_sensors(fdt, node);
    read_position(config, fdt, node);
    read_sound(config, fdt, node);
    config->camera = read_camera(fdt, node);
    config->networks = read_networks(fdt, node);
}
