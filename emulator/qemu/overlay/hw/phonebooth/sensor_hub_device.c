/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sensor hub: the device. The output "int" is 1 while the hub holds its INT pin low. The host sets
 * and sees the sensors by properties: "accelerometer" and so on, numbers with spaces between.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/module.h"
#include "migration/vmstate.h"
#include "news.h"
#include "sensor_hub_private.h"

static void get_values(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    const SensorKind *kind = opaque;
    const Sensor *sensor = &SENSOR_HUB(obj)->sensor[kind - sensor_kinds];
    g_autoptr(GString) text = g_string_new(NULL);
    char *value;

    for (unsigned i = 0; i < kind->fields; i++) {
        g_string_append_printf(text, "%s%d", i ? " " : "", sensor->value[i]);
    }
    value = text->str;
    visit_type_str(v, name, &value, errp);
}

/* False: not so many numbers, or one that is out of range. */
static bool parse_values(const SensorKind *kind, const char *text, int32_t *value)
{
    g_auto(GStrv) word = g_strsplit(text, " ", -1);
    gint64 number;

    if (g_strv_length(word) != kind->fields) {
        return false;
    }
    for (unsigned i = 0; i < kind->fields; i++) {
        if (!g_ascii_string_to_signed(word[i], 10, kind->least, kind->most, &number, NULL)) {
            return false;
        }
        value[i] = number;
    }
    return true;
}

static void set_values(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    const SensorKind *kind = opaque;
    HubState *s = SENSOR_HUB(obj);
    Sensor *sensor = &s->sensor[kind - sensor_kinds];
    int32_t value[SENSOR_FIELDS] = {0};
    g_autofree char *text = NULL;

    if (!visit_type_str(v, name, &text, errp)) {
        return;
    }
    if (!parse_values(kind, text, value)) {
        error_setg(errp, "%s: give %d numbers from %d to %d", name, kind->fields, kind->least,
                   kind->most);
        return;
    }
    if (memcmp(value, sensor->value, sizeof(value)) == 0) {
        return;
    }
    memcpy(sensor->value, value, sizeof(value));
    sensor->waiting |= sensor_is_on(sensor);
    hub_drive_int(s);
    board_tell(kind->name);
}

/* ---- The device ---------------------------------------------------------------------------- */

static void hub_reset_hold(Object *obj, ResetType type)
{
    HubState *s = SENSOR_HUB(obj);

    hub_reset_sensors(s);
    s->reset_done = s->descriptors = false;
    s->write_count = s->at = s->count = 0;
}

static void hub_reset_exit(Object *obj, ResetType type)
{
    hub_drive_int(SENSOR_HUB(obj));
}

static int hub_post_load(void *opaque, int version_id)
{
    const HubState *s = opaque;
    const unsigned most = s->descriptors ? s->descriptor_bytes : sizeof(s->answer);

    return s->write_count <= HUB_WRITE_MAX && s->count <= most ? 0 : -EINVAL;
}

static const VMStateDescription hub_vmstate = {
    .name = TYPE_SENSOR_HUB,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = hub_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_I2C_SLAVE(parent_obj, HubState),
            VMSTATE_STRUCT_ARRAY(sensor, HubState, SENSORS, 1, vmstate_sensor, Sensor),
            VMSTATE_BOOL(reset_done, HubState),
            VMSTATE_UINT8_ARRAY(written, HubState, HUB_WRITE_MAX),
            VMSTATE_UINT8(write_count, HubState),
            VMSTATE_UINT8_ARRAY(answer, HubState, HUB_DESCRIPTOR_BYTES),
            VMSTATE_BOOL(descriptors, HubState),
            VMSTATE_UINT16(at, HubState),
            VMSTATE_UINT16(count, HubState),
            VMSTATE_END_OF_LIST(),
        },
};

static void hub_init(Object *obj)
{
    HubState *s = SENSOR_HUB(obj);

    s->descriptor_bytes = sensors_describe(s->descriptor);
    for (int n = 0; n < SENSORS; n++) {
        memcpy(s->sensor[n].value, sensor_kinds[n].start, sizeof(s->sensor[n].value));
    }
    qdev_init_gpio_out_named(DEVICE(obj), &s->irq, "int", 1);
}

static void hub_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    I2CSlaveClass *i2c = I2C_SLAVE_CLASS(oc);

    dc->desc = "HID over I2C sensor hub";
    dc->vmsd = &hub_vmstate;
    RESETTABLE_CLASS(oc)->phases.hold = hub_reset_hold;
    RESETTABLE_CLASS(oc)->phases.exit = hub_reset_exit;
    for (int n = 0; n < SENSORS; n++) {
        object_class_property_add(oc, sensor_kinds[n].name, "str", get_values, set_values, NULL,
                                  (void *)&sensor_kinds[n]);
        object_class_property_set_description(oc, sensor_kinds[n].name, sensor_kinds[n].unit);
    }
    set_bit(DEVICE_CATEGORY_INPUT, dc->categories);
    i2c->event = hub_event;
    i2c->recv = hub_recv;
    i2c->send = hub_send;
}

static const TypeInfo hub_info = {
    .name = TYPE_SENSOR_HUB,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(HubState),
    .instance_init = hub_init,
    .class_init = hub_class_init,
};

static void hub_register_types(void)
{
    type_register_static(&hub_info);
}

type_init(hub_register_types)
