/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Display engine: the device, its picture for the host, reset and saved state.
 * docs/board/display-engine.md.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "display_engine.h"

/* The host wants to see the picture. */
static void display_refresh(void *opaque)
{
    DisplayEngineState *s = opaque;
    DisplaySurface *surface = qemu_console_surface(s->con);
    pixman_box32_t *boxes;
    int n;

    if (display_scanout_on(s) && display_light(s)) {
        display_planes_collect_damage(s->plane, &s->damage);
    }
    pixman_region32_intersect_rect(&s->damage, &s->damage, 0, 0, s->width, s->height);
    if (!pixman_region32_not_empty(&s->damage)) {
        return;
    }
    display_compose(s, surface->image, &s->damage);
    boxes = pixman_region32_rectangles(&s->damage, &n);
    for (int i = 0; i < n; i++) {
        dpy_gfx_update(s->con, boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1,
                       boxes[i].y2 - boxes[i].y1);
    }
    pixman_region32_clear(&s->damage);
}

unsigned display_brightness(DeviceState *display)
{
    const DisplayEngineState *s = DISPLAY_ENGINE(display);

    return display_scanout_on(s) ? display_light(s) : 0;
}

void display_dim(DeviceState *display, unsigned level)
{
    DisplayEngineState *s = DISPLAY_ENGINE(display);

    if (s->dimmer != level) {
        s->dimmer = level;
        display_damage_all(s);
    }
}

static void display_invalidate(void *opaque)
{
    display_damage_all(opaque);
}

static const GraphicHwOps display_graphic_ops = {
    .invalidate = display_invalidate,
    .gfx_update = display_refresh,
};

/* The picture that a boot loader would leave: one opaque plane as big as the panel. */
static void show_boot_picture(DisplayEngineState *s)
{
    uint32_t size = s->width | s->height << 16;
    const uint32_t regs[PLANE_REGS] = {
        [PLANE_CTRL] = PLANE_CTRL_ENABLE | PLANE_XRGB8888 << 8 | 0xffu << 16,
        [PLANE_ADDR_LO] = s->boot_address,
        [PLANE_ADDR_HI] = s->boot_address >> 32,
        [PLANE_STRIDE] = s->width * 4,
        [PLANE_SRC_SIZE] = size,
        [PLANE_DST_SIZE] = size,
    };

    memcpy(s->written[0], regs, sizeof(regs));
    memcpy(s->latched[0], regs, sizeof(regs));
    s->backlight = DISPLAY_BACKLIGHT_MAX;
    display_set_ctrl(s, DISPLAY_CTRL_SCANOUT);
}

static void display_reset_hold(Object *obj, ResetType type)
{
    DisplayEngineState *s = DISPLAY_ENGINE(obj);

    s->ctrl = s->int_status = s->int_enable = s->commit = 0;
    s->backlight = s->background = 0;
    s->scanout_start = 0;
    s->vsyncs_seen = 0;
    memset(s->written, 0, sizeof(s->written));
    memset(s->latched, 0, sizeof(s->latched));
    if (s->boot_address) {
        show_boot_picture(s);
    }
    for (int n = 0; n < DISPLAY_PLANES; n++) {
        display_load_plane(s, n, true);
    }
    display_damage_all(s);
    display_vsync(s);
}

/*
 * What the engine sees of memory is not what it was. A plane that cannot be fetched any more is a
 * fault; one that could not be before may be shown now.
 */
static void display_memory_changed(void *opaque, int line, int level)
{
    DisplayEngineState *s = opaque;

    for (int n = 0; level && n < DISPLAY_PLANES; n++) {
        display_load_plane(s, n, s->plane[n].visible);
    }
    display_vsync(s);
}

static int display_post_load(void *opaque, int version_id)
{
    DisplayEngineState *s = opaque;

    for (int n = 0; n < DISPLAY_PLANES; n++) {
        display_load_plane(s, n, false); /* a fault was reported when it happened */
    }
    display_damage_all(s);
    return 0;
}

static const VMStateDescription display_vmstate = {
    .name = TYPE_DISPLAY_ENGINE,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = display_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_TIMER_PTR(vsync, DisplayEngineState),
            VMSTATE_UINT32(ctrl, DisplayEngineState),
            VMSTATE_UINT32(int_status, DisplayEngineState),
            VMSTATE_UINT32(int_enable, DisplayEngineState),
            VMSTATE_UINT32(backlight, DisplayEngineState),
            VMSTATE_UINT32(dimmer, DisplayEngineState),
            VMSTATE_UINT32(background, DisplayEngineState),
            VMSTATE_UINT32(commit, DisplayEngineState),
            VMSTATE_INT64(scanout_start, DisplayEngineState),
            VMSTATE_UINT64(vsyncs_seen, DisplayEngineState),
            VMSTATE_UINT32_2DARRAY(written, DisplayEngineState, DISPLAY_PLANES, PLANE_REGS),
            VMSTATE_UINT32_2DARRAY(latched, DisplayEngineState, DISPLAY_PLANES, PLANE_REGS),
            VMSTATE_END_OF_LIST(),
        },
};

static void display_init(Object *obj)
{
    DisplayEngineState *s = DISPLAY_ENGINE(obj);

    memory_region_init_io(&s->iomem, obj, &display_io_ops, s, TYPE_DISPLAY_ENGINE, DISPLAY_IO_SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    pixman_region32_init(&s->damage);
    s->dimmer = DISPLAY_BACKLIGHT_MAX; /* until a driver chip says otherwise */
    qdev_init_gpio_in_named(DEVICE(obj), display_memory_changed, "memory-changed", 1);
}

static void display_realize(DeviceState *dev, Error **errp)
{
    DisplayEngineState *s = DISPLAY_ENGINE(dev);

    if (!s->dma_mr) {
        error_setg(errp, "display engine: no memory (property dma)");
        return;
    }
    if (!s->width || s->width > DISPLAY_MAX_SIZE || !s->height || s->height > DISPLAY_MAX_SIZE) {
        error_setg(errp, "display engine: no panel of %u x %u (properties width, height)", s->width,
                   s->height);
        return;
    }
    address_space_init(&s->dma, s->dma_mr, "display");
    s->vsync = timer_new_ns(QEMU_CLOCK_VIRTUAL, display_vsync, s);
    s->con = graphic_console_init(dev, 0, &display_graphic_ops, s);
    qemu_console_resize(s->con, s->width, s->height);
}

static const Property display_properties[] = {
    DEFINE_PROP_UINT32("width", DisplayEngineState, width, 0),
    DEFINE_PROP_UINT32("height", DisplayEngineState, height, 0),
    DEFINE_PROP_UINT64("boot-address", DisplayEngineState, boot_address, 0),
    DEFINE_PROP_LINK("dma", DisplayEngineState, dma_mr, TYPE_MEMORY_REGION, MemoryRegion *),
};

static void display_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "Phonebooth display engine";
    dc->realize = display_realize;
    dc->vmsd = &display_vmstate;
    RESETTABLE_CLASS(oc)->phases.hold = display_reset_hold;
    device_class_set_props(dc, display_properties);
    set_bit(DEVICE_CATEGORY_DISPLAY, dc->categories);
}

static const TypeInfo display_info = {
    .name = TYPE_DISPLAY_ENGINE,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(DisplayEngineState),
    .instance_init = display_init,
    .class_init = display_class_init,
};

static void display_register_types(void)
{
    type_register_static(&display_info);
}

type_init(display_register_types)
