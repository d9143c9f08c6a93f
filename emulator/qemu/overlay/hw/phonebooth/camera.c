/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cameras, docs/board/camera.md: two sensors that write frames into memory. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "camera_private.h"
#include "news.h"

#define IO_SIZE 0x1000

static void camera_reset_hold(Object *obj, ResetType type)
{
    CameraState *s = CAMERA(obj);

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        camera_set_ctrl(&s->sensor[n], 0);
        s->sensor[n] = (CameraSensor){.rate = CAMERA_RATE_FIRST};
    }
    s->status = s->enable = 0;
    camera_update(s);
}

static void camera_reset_exit(Object *obj, ResetType type)
{
    camera_drive(CAMERA(obj));
}

static int camera_post_load(void *opaque, int version_id)
{
    CameraState *s = opaque;

    for (unsigned n = 0; n < CAMERA_SENSORS; n++) {
        const CameraSensor *c = &s->sensor[n];

        if (c->mode >= CAMERA_MODES || c->format >= CAMERA_FORMATS || !c->rate ||
            c->rate > CAMERA_RATE_MAX || c->start < 0) {
            return -EINVAL;
        }
    }
    board_tell("camera");
    return 0;
}

static const VMStateDescription vmstate_sensor = {
    .name = TYPE_CAMERA "-sensor",
    .version_id = 2,
    .minimum_version_id = 2,
    .fields =
        (const VMStateField[]){
            VMSTATE_UINT32(ctrl, CameraSensor),
            VMSTATE_UINT32(mode, CameraSensor),
            VMSTATE_UINT32(format, CameraSensor),
            VMSTATE_UINT32(rate, CameraSensor),
            VMSTATE_UINT32(capture, CameraSensor),
            VMSTATE_UINT32(bytes, CameraSensor),
            VMSTATE_UINT64(address, CameraSensor),
            VMSTATE_INT64(start, CameraSensor),
            VMSTATE_UINT64(frames, CameraSensor),
            VMSTATE_END_OF_LIST(),
        },
};

static const VMStateDescription camera_vmstate = {
    .name = TYPE_CAMERA,
    .version_id = 2,
    .minimum_version_id = 2,
    .post_load = camera_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_TIMER_PTR(timer, CameraState),
            VMSTATE_UINT32(status, CameraState),
            VMSTATE_UINT32(enable, CameraState),
            VMSTATE_STRUCT_ARRAY(sensor, CameraState, CAMERA_SENSORS, 2, vmstate_sensor,
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
    s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, camera_tick, s);
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
