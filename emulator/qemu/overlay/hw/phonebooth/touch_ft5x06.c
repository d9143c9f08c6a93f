/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * FocalTech FT5x06 family multi-touch controller on I2C, ten points, working
 * mode. Data sheet: docs/board/touch.md. Linux: edt-ft5x06, "generic" chips.
 *
 * The output "int" is 1 while the chip holds its INT pin low.
 */
#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/i2c/i2c.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "ui/input.h"
#include "board_parts.h"
#include "touch_fifo.h"

OBJECT_DECLARE_SIMPLE_TYPE(TouchState, TOUCH_FT5X06)

/* Registers 0x00 to 0x3e: the frame. */
#define REG_TD_STATUS 0x02
#define REG_POINTS    0x03
#define POINT_BYTES   6
#define FRAME_BYTES   (REG_POINTS + TOUCH_SLOTS * POINT_BYTES)
#define POINT_WEIGHT  0x40
#define POINT_AREA    0x10

/* Registers from 0x80 on: settings and identity, bytes that the host may write. */
#define REG_SETTINGS      0x80
#define SETTINGS          0x80
#define REG_THRESHOLD     0x80
#define REG_PERIOD_ACTIVE 0x88
#define REG_GAIN          0x92
#define REG_CIPHER        0xa3
#define REG_INT_MODE      0xa4
#define REG_FIRMWARE_ID   0xa6
#define REG_VENDOR_ID     0xa8

#define NO_REG 0xff

#define UNREAD_LIMIT_NS (3 * NANOSECONDS_PER_SECOND)

struct TouchState {
    I2CSlave parent_obj;

    qemu_irq irq;
    QemuInputHandlerState *input;
    QEMUTimer *unread; /* runs while frames wait */
    uint32_t width, height;

    TouchFifo fifo;
    uint8_t bytes[FRAME_BYTES]; /* what this transfer reads */
    uint8_t last;               /* register whose reading makes the frame read, or NO_REG */
    bool complete;              /* it was */
    bool addressed;             /* the next byte written is a register number */
    uint8_t reg;
    uint8_t settings[SETTINGS];
};

static const struct {
    uint8_t reg, value;
} defaults[] = {
    {REG_THRESHOLD, 0x16}, {REG_PERIOD_ACTIVE, 0x0c}, {REG_GAIN, 0x0a},      {REG_CIPHER, 0x55},
    {REG_INT_MODE, 0x01},  {REG_FIRMWARE_ID, 0x01},   {REG_VENDOR_ID, 0x79},
};

/* INT: low while frames wait; each frame has a falling edge of its own. */
static void drive_int(TouchState *s, bool new_edge)
{
    bool waiting = s->fifo.count > 0;

    if (new_edge) {
        qemu_set_irq(s->irq, 0);
    }
    qemu_set_irq(s->irq, waiting);
    if (!waiting) {
        timer_del(s->unread);
    } else if (new_edge || !timer_pending(s->unread)) {
        timer_mod(s->unread, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + UNREAD_LIMIT_NS);
    }
}

static void touch_unread(void *opaque)
{
    TouchState *s = opaque;

    touch_shorten(&s->fifo);
    s->last = NO_REG;
    s->complete = false;
    drive_int(s, true);
}

static void put_point(TouchState *s, const TouchFrame *frame, int slot, int index)
{
    uint8_t *p = &s->bytes[REG_POINTS + index * POINT_BYTES];

    p[0] = frame->event[slot] << 6 | frame->x[slot] >> 8;
    p[1] = frame->x[slot];
    p[2] = slot << 4 | frame->y[slot] >> 8;
    p[3] = frame->y[slot];
    p[4] = POINT_WEIGHT;
    p[5] = POINT_AREA;
}

/* Registers 0x00 to 0x3e from the oldest frame: fingers that are down first, then lifted ones. */
static void fetch_frame(TouchState *s)
{
    TouchFrame still;
    const TouchFrame *frame = touch_peek(&s->fifo, &still);
    int points = 0;

    memset(s->bytes, 0xff, sizeof(s->bytes));
    s->bytes[0] = 0;
    s->bytes[1] = 0;
    for (int i = 0; i < TOUCH_SLOTS; i++) {
        if (frame->event[i] == TOUCH_DOWN || frame->event[i] == TOUCH_CONTACT) {
            put_point(s, frame, i, points++);
        }
    }
    s->bytes[REG_TD_STATUS] = points;
    for (int i = 0; i < TOUCH_SLOTS; i++) {
        if (frame->event[i] == TOUCH_UP) {
            put_point(s, frame, i, points++);
        }
    }
    /* YL of the last point; a frame that comes while this transfer lasts is not read by it */
    s->last = s->fifo.count ? REG_POINTS + points * POINT_BYTES - 3 : NO_REG;
    s->complete = false;
}

static void end_transfer(TouchState *s)
{
    if (s->complete) {
        s->complete = false;
        touch_pop(&s->fifo);
        drive_int(s, true);
    }
}

static int touch_i2c_event(I2CSlave *i2c, enum i2c_event event)
{
    TouchState *s = TOUCH_FT5X06(i2c);

    switch (event) {
    case I2C_START_SEND:
        end_transfer(s);
        s->addressed = true;
        break;
    case I2C_START_RECV:
        end_transfer(s);
        fetch_frame(s);
        break;
    case I2C_FINISH:
        end_transfer(s);
        break;
    default:
        break;
    }
    return 0;
}

static uint8_t touch_i2c_recv(I2CSlave *i2c)
{
    TouchState *s = TOUCH_FT5X06(i2c);
    uint8_t reg = s->reg++;

    if (reg < FRAME_BYTES) {
        s->complete |= reg == s->last;
        return s->bytes[reg];
    }
    return reg >= REG_SETTINGS ? s->settings[reg - REG_SETTINGS] : 0;
}

static int touch_i2c_send(I2CSlave *i2c, uint8_t value)
{
    TouchState *s = TOUCH_FT5X06(i2c);

    if (s->addressed) {
        s->addressed = false;
        s->reg = value;
        return 0;
    }
    if (s->reg >= REG_SETTINGS) {
        s->settings[s->reg - REG_SETTINGS] = value;
    }
    s->reg++;
    return 0;
}

static void touch_input_event(DeviceState *dev, QemuConsole *src, InputEvent *event)
{
    TouchState *s = TOUCH_FT5X06(dev);

    if (event->type == INPUT_EVENT_KIND_MTT) {
        touch_host_event(&s->fifo, event->u.mtt.data, s->width, s->height);
    }
}

static void touch_input_sync(DeviceState *dev)
{
    TouchState *s = TOUCH_FT5X06(dev);

    touch_sync(&s->fifo);
    drive_int(s, false);
}

static const QemuInputHandler touch_input = {
    .name = "FT5x06 touch screen",
    .mask = INPUT_EVENT_MASK_MTT,
    .event = touch_input_event,
    .sync = touch_input_sync,
};

static void touch_reset_hold(Object *obj, ResetType type)
{
    TouchState *s = TOUCH_FT5X06(obj);

    touch_reset(&s->fifo);
    s->complete = s->addressed = false;
    s->reg = 0;
    memset(s->settings, 0, sizeof(s->settings));
    for (int i = 0; i < ARRAY_SIZE(defaults); i++) {
        s->settings[defaults[i].reg - REG_SETTINGS] = defaults[i].value;
    }
    fetch_frame(s);
    drive_int(s, false);
}

static const VMStateDescription touch_vmstate = {
    .name = TYPE_TOUCH_FT5X06,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_I2C_SLAVE(parent_obj, TouchState),
            VMSTATE_TIMER_PTR(unread, TouchState),
            VMSTATE_STRUCT(fifo, TouchState, 1, vmstate_touch_fifo, TouchFifo),
            VMSTATE_UINT8_ARRAY(bytes, TouchState, FRAME_BYTES),
            VMSTATE_UINT8(last, TouchState),
            VMSTATE_BOOL(complete, TouchState),
            VMSTATE_BOOL(addressed, TouchState),
            VMSTATE_UINT8(reg, TouchState),
            VMSTATE_UINT8_ARRAY(settings, TouchState, SETTINGS),
            VMSTATE_END_OF_LIST(),
        },
};

static void touch_realize(DeviceState *dev, Error **errp)
{
    TouchState *s = TOUCH_FT5X06(dev);

    qdev_init_gpio_out_named(dev, &s->irq, "int", 1);
    s->unread = timer_new_ns(QEMU_CLOCK_VIRTUAL, touch_unread, s);
    s->input = qemu_input_handler_register(dev, &touch_input);
    qemu_input_handler_activate(s->input);
}

static const Property touch_properties[] = {
    DEFINE_PROP_UINT32("width", TouchState, width, 0),
    DEFINE_PROP_UINT32("height", TouchState, height, 0),
};

static void touch_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    I2CSlaveClass *i2c = I2C_SLAVE_CLASS(oc);

    dc->desc = "FT5x06 multi-touch controller";
    dc->realize = touch_realize;
    dc->vmsd = &touch_vmstate;
    RESETTABLE_CLASS(oc)->phases.hold = touch_reset_hold;
    device_class_set_props(dc, touch_properties);
    set_bit(DEVICE_CATEGORY_INPUT, dc->categories);
    i2c->event = touch_i2c_event;
    i2c->recv = touch_i2c_recv;
    i2c->send = touch_i2c_send;
}

static const TypeInfo touch_info = {
    .name = TYPE_TOUCH_FT5X06,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(TouchState),
    .class_init = touch_class_init,
};

static void touch_register_types(void)
{
    type_register_static(&touch_info);
}

type_init(touch_register_types)
