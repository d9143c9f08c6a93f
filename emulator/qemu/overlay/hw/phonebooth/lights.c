/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What hangs on lines of a GPIO, docs/board/lights.md: notification LED, torch, vibrator, and the
 * side switch. Lines go high for "on", the switch's is high while it says silent.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/module.h"
#include "hw/irq.h"
#include "hw/qdev-core.h"
#include "migration/vmstate.h"
#include "qom/object.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(LightsState, LIGHTS)

struct LightsState {
    DeviceState parent_obj;

    qemu_irq side_switch;
    bool on[LIGHTS_COUNT];
    bool silent;
};

static const char *const names[LIGHTS_COUNT] = {"red", "green", "blue", "torch", "vibrator"};

static void set_light(void *opaque, int n, int level)
{
    LightsState *s = opaque;

    s->on[n] = level;
}

static void get_light(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    visit_type_bool(v, name, opaque, errp);
}

static bool get_silent(Object *obj, Error **errp)
{
    return LIGHTS(obj)->silent;
}

static void set_silent(Object *obj, bool value, Error **errp)
{
    LightsState *s = LIGHTS(obj);

    s->silent = value;
    qemu_set_irq(s->side_switch, value);
}

static const VMStateDescription lights_vmstate = {
    .name = TYPE_LIGHTS,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_BOOL_ARRAY(on, LightsState, LIGHTS_COUNT),
            VMSTATE_BOOL(silent, LightsState),
            VMSTATE_END_OF_LIST(),
        },
};

static void lights_init(Object *obj)
{
    LightsState *s = LIGHTS(obj);

    qdev_init_gpio_in_named(DEVICE(obj), set_light, "light", LIGHTS_COUNT);
    qdev_init_gpio_out_named(DEVICE(obj), &s->side_switch, "switch", 1);
    for (int n = 0; n < LIGHTS_COUNT; n++) {
        object_property_add(obj, names[n], "bool", get_light, NULL, NULL, &s->on[n]);
    }
}

static void lights_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "notification LED, torch, vibrator, side switch";
    dc->vmsd = &lights_vmstate;
    object_class_property_add_bool(oc, "silent", get_silent, set_silent);
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
}

static const TypeInfo lights_info = {
    .name = TYPE_LIGHTS,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(LightsState),
    .instance_init = lights_init,
    .class_init = lights_class_init,
};

static void lights_register_types(void)
{
    type_register_static(&lights_info);
}

type_init(lights_register_types)
