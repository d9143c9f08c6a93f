/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * LED backlight driver TI LP8556 (data sheet SNVS871), as far as its I2C side goes: it dims the
 * panel. What this board's EEPROM says: docs/board/lights.md. Linux: lp855x_bl.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "hw/i2c/i2c.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(BacklightState, BACKLIGHT_LP8556)

/* Registers, chapter 7.6 */
enum { BRIGHTNESS = 0x00, DEVICE_CONTROL = 0x01, STATUS = 0x02, ID = 0x03 };

#define REGISTERS 0xb0
#define BL_CTL    0x01 /* of DEVICE_CONTROL: the LEDs are on */
#define BY_I2C    0x04 /* brightness is that of the register alone */
#define ID_VALUE  0xfc /* LP8556, first revision */

struct BacklightState {
    I2CSlave parent_obj;

    DeviceState *display; /* property: whose panel it lights */
    uint8_t reg[REGISTERS];
    uint8_t at;
    bool addressed; /* the next byte written is a register's number */
};

static void dim(BacklightState *s)
{
    display_dim(s->display, s->reg[DEVICE_CONTROL] & BL_CTL ? s->reg[BRIGHTNESS] : 0);
}

static int backlight_event(I2CSlave *i2c, enum i2c_event event)
{
    if (event == I2C_START_SEND) {
        BACKLIGHT_LP8556(i2c)->addressed = true;
    }
    return 0;
}

static uint8_t backlight_recv(I2CSlave *i2c)
{
    BacklightState *s = BACKLIGHT_LP8556(i2c);
    const uint8_t at = s->at++;

    return at < REGISTERS ? s->reg[at] : 0;
}

static int backlight_send(I2CSlave *i2c, uint8_t value)
{
    BacklightState *s = BACKLIGHT_LP8556(i2c);
    uint8_t at;

    if (s->addressed) {
        s->addressed = false;
        s->at = value;
        return 0;
    }
    at = s->at++;
    if (at < REGISTERS && at != STATUS && at != ID) {
        s->reg[at] = value;
        dim(s);
    }
    return 0;
}

/* The EEPROM: full brightness, by register, on. */
static void backlight_reset_hold(Object *obj, ResetType type)
{
    BacklightState *s = BACKLIGHT_LP8556(obj);

    memset(s->reg, 0, sizeof(s->reg));
    s->reg[BRIGHTNESS] = UINT8_MAX;
    s->reg[DEVICE_CONTROL] = BL_CTL | BY_I2C;
    s->reg[ID] = ID_VALUE;
    s->at = 0;
    s->addressed = false;
}

static void backlight_reset_exit(Object *obj, ResetType type)
{
    dim(BACKLIGHT_LP8556(obj));
}

static const VMStateDescription backlight_vmstate = {
    .name = TYPE_BACKLIGHT_LP8556,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_I2C_SLAVE(parent_obj, BacklightState),
            VMSTATE_UINT8_ARRAY(reg, BacklightState, REGISTERS),
            VMSTATE_UINT8(at, BacklightState),
            VMSTATE_BOOL(addressed, BacklightState),
            VMSTATE_END_OF_LIST(),
        },
};

static const Property backlight_properties[] = {
    DEFINE_PROP_LINK("display", BacklightState, display, TYPE_DISPLAY_ENGINE, DeviceState *),
};

static void backlight_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    I2CSlaveClass *i2c = I2C_SLAVE_CLASS(oc);

    dc->desc = "LED backlight driver LP8556";
    dc->vmsd = &backlight_vmstate;
    device_class_set_props(dc, backlight_properties);
    RESETTABLE_CLASS(oc)->phases.hold = backlight_reset_hold;
    RESETTABLE_CLASS(oc)->phases.exit = backlight_reset_exit;
    set_bit(DEVICE_CATEGORY_DISPLAY, dc->categories);
    i2c->event = backlight_event;
    i2c->recv = backlight_recv;
    i2c->send = backlight_send;
}

static const TypeInfo backlight_info = {
    .name = TYPE_BACKLIGHT_LP8556,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(BacklightState),
    .class_init = backlight_class_init,
};

static void backlight_register_types(void)
{
    type_register_static(&backlight_info);
}

type_init(backlight_register_types)
