/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <libfdt.h>

#include "views_dt.h"

/* Nothing: real; empty: absent; else latitude and longitude. */
static int write_position(void *fdt, int node, const struct pack_position *position)
{
    const fdt32_t place[] = {cpu_to_fdt32((guint32)position->latitude),
                             cpu_to_fdt32((guint32)position->longitude)};

    if (position->view == PACK_VIEW_REAL) {
        return 0;
    }
    return fdt_setprop(fdt, node, "position", place,
                       position->view == PACK_VIEW_FIXED ? sizeof(place) : 0);
}

int pack_views_write(void *fdt, int node, const struct pack_vm *vm)
{
    int error = 0;

    if (vm->battery != PACK_BATTERY_REAL) {
        error = fdt_setprop_u32(fdt, node, "battery", (guint32)vm->battery);
    }
    if (!error && vm->sensors) {
        error = fdt_setprop_string(fdt, node, "sensors", pack_views[vm->sensors]);
    }
    if (!error && vm->sound) {
        error = fdt_setprop_string(fdt, node, "sound", pack_sounds[vm->sound]);
    }
    if (!error && vm->microphone) {
        error = fdt_setprop_string(fdt, node, "microphone", pack_microphones[vm->microphone]);
    }
    if (!error && vm->camera) {
        error = fdt_setprop_string(fdt, node, "camera", pack_cameras[vm->camera]);
    }
    if (!error && vm->network) {
        error = fdt_setprop_string(fdt, node, "network", pack_networks[vm->network]);
    }
    return error ? error : write_position(fdt, node, &vm->position);
}
