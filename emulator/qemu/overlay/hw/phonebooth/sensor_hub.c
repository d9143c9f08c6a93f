/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sensor hub: HID over I2C, protocol specification 1.00. Data sheet: docs/board/sensors.md. Linux:
 * i2c-hid-of, hid-sensor-hub.
 *
 * The output "int" is 1 while the hub holds its INT pin low. The host sets and sees the sensors by
 * properties: "accelerometer" and so on, numbers with spaces between.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "hw/i2c/i2c.h"
#include "hw/irq.h"
#include "migration/vmstate.h"
#include "board_parts.h"
#include "news.h"
#include "sensors.h"

OBJECT_DECLARE_SIMPLE_TYPE(HubState, SENSOR_HUB)

/* Registers, two bytes each. */
enum { REG_HID = 1, REG_REPORT = 2, REG_INPUT = 3, REG_COMMAND = 5, REG_DATA = 6 };

/* Opcodes, 7.2; report types */
enum { OP_RESET = 1, OP_GET_REPORT = 2, OP_SET_REPORT = 3, OP_SET_POWER = 8 };
enum { TYPE_INPUT = 1, TYPE_FEATURE = 3 };

#define HID_BYTES   30
#define HID_VERSION 0x0100
#define VENDOR      0x5042
#define PRODUCT     1
#define LENGTH      2  /* bytes of a length, which counts itself */
#define WRITE_MAX   32 /* bytes of a write: a command with a report */

struct HubState {
    I2CSlave parent_obj;

    qemu_irq irq;
    Sensor sensor[SENSORS];
    uint8_t descriptor[SENSOR_DESCRIPTORS]; /* made anew at each start */
    uint32_t descriptor_bytes;

    bool reset_done; /* the host is to read that a reset has been done */
    uint8_t written[WRITE_MAX];
    uint8_t write_count;
    uint8_t answer[HID_BYTES]; /* what this transfer reads: this, or */
    bool descriptors;          /* the report descriptor; */
    uint16_t at, count;
};

static void drive_int(HubState *s)
{
    bool waiting = s->reset_done;

    for (int n = 0; n < SENSORS; n++) {
        waiting |= s->sensor[n].waiting;
    }
    qemu_set_irq(s->irq, waiting);
}

/* ---- What is read -------------------------------------------------------------------------- */

static void hid_descriptor(HubState *s)
{
    QEMU_BUILD_BUG_ON(LENGTH + SENSOR_REPORT_MAX > HID_BYTES);
    const uint16_t fields[HID_BYTES / 2] = {HID_BYTES,  HID_VERSION, s->descriptor_bytes,
                                            REG_REPORT, REG_INPUT,   LENGTH + SENSOR_REPORT_MAX,
                                            4,          0,           REG_COMMAND,
                                            REG_DATA,   VENDOR,      PRODUCT,
                                            1,          0,           0};

    for (int i = 0; i < ARRAY_SIZE(fields); i++) {
        stw_le_p(s->answer + 2 * i, fields[i]);
    }
    s->count = HID_BYTES;
}

static void answer(HubState *s, unsigned count)
{
    stw_le_p(s->answer, LENGTH + count);
    s->count = LENGTH + count;
}

/* The oldest of what waits: the end of a reset, or the report of the first sensor that has one. */
static void next_input(HubState *s)
{
    if (s->reset_done) {
        s->reset_done = false;
        s->count = LENGTH; /* zeros */
        return;
    }
    for (int n = 0; n < SENSORS; n++) {
        if (s->sensor[n].waiting) {
            s->sensor[n].waiting = false;
            answer(s, sensor_input(&s->sensor[n], n, false, s->answer + LENGTH));
            return;
        }
    }
}

/* The answer to GET_REPORT; of a report that there is not, an empty one. */
static void get_report(HubState *s, uint8_t type, unsigned n)
{
    if (n >= SENSORS) {
        return;
    }
    if (type == TYPE_FEATURE) {
        answer(s, sensor_feature(&s->sensor[n], n, s->answer + LENGTH));
    } else if (type == TYPE_INPUT) {
        answer(s, sensor_input(&s->sensor[n], n, true, s->answer + LENGTH));
    }
}

static bool is_get_report(const HubState *s)
{
    return s->write_count == 6 && lduw_le_p(s->written) == REG_COMMAND &&
           (s->written[3] & 0xf) == OP_GET_REPORT;
}

/*
 * What the write just before asks for, whether a stop came between or not: a controller may make a
 * stop and a start of a repeated start. Else the next input report.
 */
static void prepare(HubState *s)
{
    const uint16_t reg = s->write_count == 2 ? lduw_le_p(s->written) : 0;

    memset(s->answer, 0, sizeof(s->answer));
    s->at = s->count = 0;
    s->descriptors = reg == REG_REPORT;
    if (reg == REG_HID) {
        hid_descriptor(s);
    } else if (reg == REG_REPORT) {
        s->count = s->descriptor_bytes;
    } else if (is_get_report(s)) {
        get_report(s, s->written[2] >> 4 & 3, (s->written[2] & 0xf) - 1u);
    } else {
        next_input(s);
    }
}

/* ---- What is written ----------------------------------------------------------------------- */

static void reset(HubState *s)
{
    for (int n = 0; n < SENSORS; n++) {
        sensor_reset(&s->sensor[n]);
    }
}

/* Command, data register, length, report. */
static void set_report(HubState *s)
{
    const unsigned head = 4 + 2 + LENGTH + 1;
    const unsigned n = (s->written[2] & 0xf) - 1u;
    Sensor *sensor;
    bool was;

    if (s->write_count < head || n >= SENSORS || (s->written[2] >> 4 & 3) != TYPE_FEATURE) {
        return;
    }
    sensor = &s->sensor[n];
    was = sensor_is_on(sensor);
    sensor_set_feature(sensor, s->written + head, s->write_count - head);
    sensor->waiting = sensor_is_on(sensor) && (sensor->waiting || !was);
}

/* The end of a write. */
static void execute(HubState *s)
{
    if (s->write_count < 4 || lduw_le_p(s->written) != REG_COMMAND) {
        return;
    }
    switch (s->written[3] & 0xf) {
    case OP_RESET:
        reset(s);
        s->reset_done = true;
        break;
    case OP_SET_REPORT:
        set_report(s);
        break;
    default: /* SET_POWER: it needs none to speak of */
        break;
    }
}

/* ---- Bus ----------------------------------------------------------------------------------- */

static int hub_event(I2CSlave *i2c, enum i2c_event event)
{
    HubState *s = SENSOR_HUB(i2c);

    switch (event) {
    case I2C_START_SEND:
        s->write_count = 0;
        break;
    case I2C_START_RECV:
        prepare(s);
        s->write_count = 0;
        break;
    case I2C_FINISH:
        execute(s);
        drive_int(s);
        break;
    default:
        break;
    }
    return 0;
}

static uint8_t hub_recv(I2CSlave *i2c)
{
    HubState *s = SENSOR_HUB(i2c);

    if (s->at >= s->count) {
        return 0;
    }
    return s->descriptors ? s->descriptor[s->at++] : s->answer[s->at++];
}

static int hub_send(I2CSlave *i2c, uint8_t value)
{
    HubState *s = SENSOR_HUB(i2c);

    if (s->write_count == WRITE_MAX) {
        return -1;
    }
    s->written[s->write_count++] = value;
    return 0;
}

/* ---- The host's side ----------------------------------------------------------------------- */

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
    drive_int(s);
    board_tell(kind->name);
}

/* ---- The device ---------------------------------------------------------------------------- */

static void hub_reset_hold(Object *obj, ResetType type)
{
    HubState *s = SENSOR_HUB(obj);

    reset(s);
    s->reset_done = s->descriptors = false;
    s->write_count = s->at = s->count = 0;
}

static void hub_reset_exit(Object *obj, ResetType type)
{
    drive_int(SENSOR_HUB(obj));
}

static int hub_post_load(void *opaque, int version_id)
{
    const HubState *s = opaque;
    const unsigned most = s->descriptors ? s->descriptor_bytes : sizeof(s->answer);

    return s->write_count <= WRITE_MAX && s->count <= most ? 0 : -EINVAL;
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
            VMSTATE_UINT8_ARRAY(written, HubState, WRITE_MAX),
            VMSTATE_UINT8(write_count, HubState),
            VMSTATE_UINT8_ARRAY(answer, HubState, HID_BYTES),
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
