/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cameras: registers. */
#include "qemu/osdep.h"
#include "camera_private.h"

#define ID_VALUE    0x5042434du /* "PBCM" */
#define CAPS_VALUE  (2u << 16 | CAMERA_SENSORS)
#define SENSOR_BASE 0x100
#define SENSOR_STEP 0x40
#define INT_ALL     ((CAMERA_INT_FRAME | CAMERA_INT_FAULT) * (BIT(CAMERA_SENSORS) - 1))

enum { REG_ID = 0x0, REG_CAPS = 0x4, REG_INT_STATUS = 0x8, REG_INT_ENABLE = 0xc };
enum {
    REG_CTRL = 0x00,
    REG_MODE = 0x04,
    REG_RATE = 0x08,
    REG_ADDR_LO = 0x0c,
    REG_ADDR_HI = 0x10,
    REG_CAPTURE = 0x14,
    REG_FRAMES = 0x18,
    REG_FORMAT = 0x1c,
    REG_BYTES = 0x20,
};

/* The sensor whose registers are at @offset, which then counts from its first; NULL: none. */
static CameraSensor *sensor_at(CameraState *s, hwaddr *offset)
{
    const hwaddr n = *offset < SENSOR_BASE ? CAMERA_SENSORS : (*offset - SENSOR_BASE) / SENSOR_STEP;

    *offset = (*offset - SENSOR_BASE) % SENSOR_STEP;
    return n < CAMERA_SENSORS ? &s->sensor[n] : NULL;
}

static uint32_t read_sensor(const CameraSensor *c, hwaddr offset)
{
    switch (offset) {
    case REG_CTRL:
        return c->ctrl;
    case REG_MODE:
        return c->mode;
    case REG_RATE:
        return c->rate;
    case REG_ADDR_LO:
        return (uint32_t)c->address;
    case REG_ADDR_HI:
        return c->address >> 32;
    case REG_CAPTURE:
        return c->capture;
    case REG_FRAMES:
        return (uint32_t)c->frames;
    case REG_FORMAT:
        return c->format;
    case REG_BYTES:
        return c->bytes;
    default:
        return 0;
    }
}

static uint64_t camera_read(void *opaque, hwaddr offset, unsigned size)
{
    CameraState *s = opaque;
    const CameraSensor *c;

    camera_follow(s);
    switch (offset) {
    case REG_ID:
        return ID_VALUE;
    case REG_CAPS:
        return CAPS_VALUE;
    case REG_INT_STATUS:
        return s->status;
    case REG_INT_ENABLE:
        return s->enable;
    }
    c = sensor_at(s, &offset);
    return c ? read_sensor(c, offset) : 0;
}

/* Mode, format and rate are fixed while the sensor is on. */
static void write_sensor(CameraSensor *c, hwaddr offset, uint32_t value)
{
    switch (offset) {
    case REG_CTRL:
        camera_set_ctrl(c, value);
        break;
    case REG_MODE:
        c->mode = !c->ctrl && value < CAMERA_MODES ? value : c->mode;
        break;
    case REG_FORMAT:
        c->format = !c->ctrl && value < CAMERA_FORMATS ? value : c->format;
        break;
    case REG_RATE:
        c->rate = !c->ctrl && value && value <= CAMERA_RATE_MAX ? value : c->rate;
        break;
    case REG_ADDR_LO:
        c->address = deposit64(c->address, 0, 32, value & ~3u);
        break;
    case REG_ADDR_HI:
        c->address = deposit64(c->address, 32, 32, value);
        break;
    case REG_CAPTURE:
        c->capture = c->ctrl ? value & 1 : 0;
        break;
    }
}

static void camera_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    CameraState *s = opaque;
    CameraSensor *c;

    camera_follow(s);
    if (offset == REG_INT_STATUS) {
        s->status &= ~value;
    } else if (offset == REG_INT_ENABLE) {
        s->enable = value & INT_ALL;
    } else if ((c = sensor_at(s, &offset)) != NULL) {
        write_sensor(c, offset, value);
    }
    camera_drive(s);
    camera_update(s);
}

const MemoryRegionOps camera_ops = {
    .read = camera_read,
    .write = camera_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
    .impl = {.min_access_size = 4, .max_access_size = 4},
};
