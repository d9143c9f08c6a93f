/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cameras, docs/board/camera.md: two sensors that write frames into memory. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qom/object.h"
#include "system/dma.h"
#include "board_parts.h"
#include "camera_host.h"
#include "camera_pattern.h"
#include "news.h"

OBJECT_DECLARE_SIMPLE_TYPE(CameraState, CAMERA)

#define IO_SIZE     0x1000
#define ID_VALUE    0x5042434du /* "PBCM" */
#define CAPS_VALUE  (1u << 16 | CAMERA_SENSORS)
#define SENSOR_BASE 0x100
#define SENSOR_STEP 0x40

enum { REG_ID = 0x0, REG_CAPS = 0x4, REG_INT_STATUS = 0x8, REG_INT_ENABLE = 0xc };
enum {
    REG_CTRL = 0x00,
    REG_MODE = 0x04,
    REG_RATE = 0x08,
    REG_ADDR_LO = 0x0c,
    REG_ADDR_HI = 0x10,
    REG_CAPTURE = 0x14,
    REG_FRAMES = 0x18,
};

#define CTRL_ON    1u
#define INT_FRAME  0x0001u /* of sensor 0 */
#define INT_FAULT  0x0100u
#define INT_ALL    ((INT_FRAME | INT_FAULT) * (BIT(CAMERA_SENSORS) - 1))
#define RATE_MAX   30u
#define RATE_FIRST 15u
#define MODES      2u

static const struct {
    unsigned width, height;
} modes[MODES] = {{640, 480}, {320, 240}};

typedef struct CameraSensor {
    uint32_t ctrl, mode, rate, capture;
    uint64_t address;
    int64_t start;   /* ns of the machine's time: when it was turned on */
    uint64_t frames; /* since */
} CameraSensor;

struct CameraState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    qemu_irq irq;
    MemoryRegion *dma_mr;
    AddressSpace dma;
    QEMUTimer *timer;
    uint32_t status, enable;
    CameraSensor sensor[CAMERA_SENSORS];
};

/* The host's, not the board's. */
static struct {
    CameraScene *scene;
    void *opaque;
} scenes[CAMERA_SENSORS];

void camera_host_scene(unsigned sensor, CameraScene *scene, void *opaque)
{
    scenes[sensor].scene = scene;
    scenes[sensor].opaque = opaque;
}

/* ---- Frames ---------------------------------------------------------------------------------- */

static void drive(CameraState *s)
{
    qemu_set_irq(s->irq, (s->status & s->enable) != 0);
}

/* When frame @n is complete. */
static int64_t frame_end(const CameraSensor *c, uint64_t n)
{
    return c->start + (int64_t)muldiv64(n + 1, NANOSECONDS_PER_SECOND, c->rate);
}

static void set_ctrl(CameraSensor *c, uint32_t ctrl)
{
    const bool was_on = c->ctrl & CTRL_ON;

    c->ctrl = ctrl & CTRL_ON;
    if (c->ctrl && !was_on) {
        c->start = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
        c->frames = 0;
    }
    if (!c->ctrl) {
        c->capture = 0;
    }
    if (was_on != !!c->ctrl) {
        board_tell("camera");
    }
}

/* The frame that ended at @when goes to memory. */
static void write_frame(CameraState *s, unsigned n, int64_t when)
{
    static uint8_t pixels[CAMERA_BYTES_MAX];
    CameraSensor *c = &s->sensor[n];
    const unsigned width = modes[c->mode].width, height = modes[c->mode].height;

    if (scenes[n].scene) {
        scenes[n].scene(scenes[n].opaque, pixels, width, height, when);
    } else {
        camera_pattern(n, pixels, width, height, when);
    }
    c->capture = 0;
    if (dma_memory_write(&s->dma, c->address, pixels, 2 * width * height, MEMTXATTRS_UNSPECIFIED) ==
        MEMTX_OK) {
        s->status |= INT_FRAME << n;
    } else {
        s->status |= INT_FAULT << n;
        set_ctrl(c, 0);
    }
}

/* All frames that have ended by now: only the last of them can be written. */
static void follow(CameraState *s)
{
    const int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        CameraSensor *c = &s->sensor[n];
        uint64_t ended;

        if (!c->ctrl || now <= c->start) {
            continue;
        }
        ended = muldiv64(now - c->start, c->rate, NANOSECONDS_PER_SECOND);
        if (ended > c->frames) {
            c->frames = ended;
            if (c->capture) {
                write_frame(s, n, frame_end(c, ended - 1));
            }
        }
    }
    drive(s);
}

/* The timer runs while a frame is wanted. */
static void update(CameraState *s)
{
    int64_t next = INT64_MAX;

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        const CameraSensor *c = &s->sensor[n];

        if (c->ctrl && c->capture) {
            next = MIN(next, frame_end(c, c->frames) + 1);
        }
    }
    if (next == INT64_MAX) {
        timer_del(s->timer);
    } else {
        timer_mod(s->timer, next);
    }
}

static void tick(void *opaque)
{
    follow(opaque);
    update(opaque);
}

/* ---- Registers ------------------------------------------------------------------------------- */

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
    default:
        return 0;
    }
}

static uint64_t camera_read(void *opaque, hwaddr offset, unsigned size)
{
    CameraState *s = opaque;
    const CameraSensor *c;

    follow(s);
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

/* Mode and rate are fixed while the sensor is on. */
static void write_sensor(CameraSensor *c, hwaddr offset, uint32_t value)
{
    switch (offset) {
    case REG_CTRL:
        set_ctrl(c, value);
        break;
    case REG_MODE:
        c->mode = !c->ctrl && value < MODES ? value : c->mode;
        break;
    case REG_RATE:
        c->rate = !c->ctrl && value && value <= RATE_MAX ? value : c->rate;
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

    follow(s);
    if (offset == REG_INT_STATUS) {
        s->status &= ~value;
    } else if (offset == REG_INT_ENABLE) {
        s->enable = value & INT_ALL;
    } else if ((c = sensor_at(s, &offset)) != NULL) {
        write_sensor(c, offset, value);
    }
    drive(s);
    update(s);
}

static const MemoryRegionOps camera_ops = {
    .read = camera_read,
    .write = camera_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
    .impl = {.min_access_size = 4, .max_access_size = 4},
};

/* ---- The device ------------------------------------------------------------------------------ */

static void camera_reset_hold(Object *obj, ResetType type)
{
    CameraState *s = CAMERA(obj);

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        set_ctrl(&s->sensor[n], 0);
        s->sensor[n] = (CameraSensor){.rate = RATE_FIRST};
    }
    s->status = s->enable = 0;
    update(s);
}

static void camera_reset_exit(Object *obj, ResetType type)
{
    drive(CAMERA(obj));
}

static int camera_post_load(void *opaque, int version_id)
{
    CameraState *s = opaque;

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        const CameraSensor *c = &s->sensor[n];

        if (c->mode >= MODES || !c->rate || c->rate > RATE_MAX || c->start < 0) {
            return -EINVAL;
        }
    }
    board_tell("camera");
    return 0;
}

static const VMStateDescription vmstate_sensor = {
    .name = TYPE_CAMERA "-sensor",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_UINT32(ctrl, CameraSensor),
            VMSTATE_UINT32(mode, CameraSensor),
            VMSTATE_UINT32(rate, CameraSensor),
            VMSTATE_UINT32(capture, CameraSensor),
            VMSTATE_UINT64(address, CameraSensor),
            VMSTATE_INT64(start, CameraSensor),
            VMSTATE_UINT64(frames, CameraSensor),
            VMSTATE_END_OF_LIST(),
        },
};

static const VMStateDescription camera_vmstate = {
    .name = TYPE_CAMERA,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = camera_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_TIMER_PTR(timer, CameraState),
            VMSTATE_UINT32(status, CameraState),
            VMSTATE_UINT32(enable, CameraState),
            VMSTATE_STRUCT_ARRAY(sensor, CameraState, CAMERA_SENSORS, 1, vmstate_sensor,
                                 CameraSensor),
            VMSTATE_END_OF_LIST(),
        },
};

static void camera_init(Object *obj)
{
    CameraState *s = CAMERA(obj);

    memory_region_init_io(&s->iomem, obj, &camera_ops, s, TYPE_CAMERA, IO_SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

static void camera_realize(DeviceState *dev, Error **errp)
{
    CameraState *s = CAMERA(dev);

    if (!s->dma_mr) {
        error_setg(errp, "camera: no memory (property dma)");
        return;
    }
    address_space_init(&s->dma, s->dma_mr, "camera");
    s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, tick, s);
}

static bool get_front(Object *obj, Error **errp)
{
    return CAMERA(obj)->sensor[0].ctrl;
}

static bool get_back(Object *obj, Error **errp)
{
    return CAMERA(obj)->sensor[1].ctrl;
}

static const Property camera_properties[] = {
    DEFINE_PROP_LINK("dma", CameraState, dma_mr, TYPE_MEMORY_REGION, MemoryRegion *),
};

static void camera_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "two cameras";
    dc->realize = camera_realize;
    dc->vmsd = &camera_vmstate;
    RESETTABLE_CLASS(oc)->phases.hold = camera_reset_hold;
    RESETTABLE_CLASS(oc)->phases.exit = camera_reset_exit;
    device_class_set_props(dc, camera_properties);
    object_class_property_add_bool(oc, "front", get_front, NULL);
    object_class_property_set_description(oc, "front", "the front camera is on");
    object_class_property_add_bool(oc, "back", get_back, NULL);
    object_class_property_set_description(oc, "back", "the back camera is on");
}

static const TypeInfo camera_info = {
    .name = TYPE_CAMERA,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(CameraState),
    .instance_init = camera_init,
    .class_init = camera_class_init,
};

static void camera_register_types(void)
{
    type_register_static(&camera_info);
}

type_init(camera_register_types)
