/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sound part: registers and interrupt, docs/board/sound.md. Linux: snd-soc-lpass-apq8016. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "lpaif.h"

#define IO_SIZE      0x10000
#define STRIDE       0x1000
#define PORT_BASE    0x1000
#define IRQ_BASE     0x6000
#define READER_BASE  0x8400
#define WRITER_BASE  0xb000
#define CHANNEL_SIZE 0x18

enum { IRQ_ENABLE = 0x0, IRQ_STATUS = 0x4, IRQ_CLEAR = 0xc, IRQ_SIZE = 0x10 };
enum { DMA_CTL = 0x0, DMA_BASE = 0x4, DMA_BUFF = 0x8, DMA_CURR = 0xc, DMA_PER = 0x10 };

/*
 * High while an interrupt is enabled and waits. Each event and each clear makes an edge of its own,
 * for a driver that takes the line as an edge.
 */
static void drive(LpaifState *s, bool edge)
{
    if (edge) {
        qemu_irq_lower(s->irq);
    }
    qemu_set_irq(s->irq, (s->status & s->enable[0]) != 0);
}

void lpaif_raise(LpaifState *s, uint32_t bits)
{
    s->status |= bits;
    drive(s, true);
}

static void tick(void *opaque)
{
    LpaifState *s = opaque;

    lpaif_follow(s);
    lpaif_update(s);
}

/* The channel whose registers are at @offset, which then counts from its first; -1: none. */
static int channel_at(hwaddr *offset)
{
    for (int n = 0; n < LPAIF_CHANNELS; n++) {
        const hwaddr base = n < LPAIF_READERS ? READER_BASE + n * STRIDE
                                              : WRITER_BASE + (n - LPAIF_READERS) * STRIDE;

        if (*offset >= base && *offset < base + CHANNEL_SIZE) {
            *offset -= base;
            return n;
        }
    }
    return -1;
}

static uint32_t read_channel(const LpaifChannel *c, hwaddr offset)
{
    switch (offset) {
    case DMA_CTL:
        return c->ctl;
    case DMA_BASE:
        return c->base;
    case DMA_BUFF:
        return c->buff;
    case DMA_CURR:
        return c->base + 4 * c->at;
    case DMA_PER:
        return c->per;
    default:
        return 0;
    }
}

static uint64_t lpaif_read(void *opaque, hwaddr offset, unsigned size)
{
    LpaifState *s = opaque;
    const unsigned port = offset / STRIDE - PORT_BASE / STRIDE;
    const unsigned irq = offset / STRIDE - IRQ_BASE / STRIDE;
    int n;

    lpaif_follow(s);
    if (port < LPAIF_PORTS && offset % STRIDE == 0) {
        return s->port[port];
    }
    if (irq < LPAIF_IRQS && offset % STRIDE == IRQ_ENABLE) {
        return s->enable[irq];
    }
    if (irq == 0 && offset % STRIDE == IRQ_STATUS) {
        return s->status & s->enable[0];
    }
    n = channel_at(&offset);
    return n < 0 ? 0 : read_channel(&s->channel[n], offset);
}

/* A new base begins the buffer anew; a new period counts from now on. */
static void write_channel(LpaifChannel *c, hwaddr offset, uint32_t value)
{
    switch (offset) {
    case DMA_CTL:
        c->ctl = value;
        break;
    case DMA_BASE:
        c->base = value & ~3u;
        c->at = 0;
        c->left = c->per + 1;
        break;
    case DMA_BUFF:
        c->buff = value;
        c->at = c->at <= value ? c->at : 0;
        break;
    case DMA_PER:
        c->per = MIN(value, UINT32_MAX - 1);
        c->left = c->per + 1;
        break;
    }
}

static void lpaif_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    LpaifState *s = opaque;
    const unsigned port = offset / STRIDE - PORT_BASE / STRIDE;
    const unsigned irq = offset / STRIDE - IRQ_BASE / STRIDE;
    int n;

    lpaif_follow(s);
    if (port < LPAIF_PORTS && offset % STRIDE == 0) {
        s->port[port] = value;
    } else if (irq < LPAIF_IRQS && offset % STRIDE == IRQ_ENABLE) {
        s->enable[irq] = value;
        drive(s, false);
    } else if (irq == 0 && offset % STRIDE == IRQ_CLEAR) {
        s->status &= ~value;
        drive(s, true);
    } else if ((n = channel_at(&offset)) >= 0) {
        write_channel(&s->channel[n], offset, value);
    }
    lpaif_update(s);
}

static const MemoryRegionOps lpaif_ops = {
    .read = lpaif_read,
    .write = lpaif_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
    .impl = {.min_access_size = 4, .max_access_size = 4},
};

static void set_amplifier(void *opaque, int line, int level)
{
    LPAIF(opaque)->line.amplifier = level;
}

static void lpaif_reset_hold(Object *obj, ResetType type)
{
    LpaifState *s = LPAIF(obj);

    memset(s->port, 0, sizeof(s->port));
    memset(s->enable, 0, sizeof(s->enable));
    memset(s->channel, 0, sizeof(s->channel));
    for (int n = 0; n < LPAIF_CHANNELS; n++) {
        s->channel[n].left = 1;
    }
    s->status = 0;
    lpaif_update(s);
}

static void lpaif_reset_exit(Object *obj, ResetType type)
{
    drive(LPAIF(obj), false);
    qemu_set_irq(LPAIF(obj)->plug, LPAIF(obj)->line.headset);
}

static int lpaif_post_load(void *opaque, int version_id)
{
    LpaifState *s = opaque;

    for (int n = 0; n < LPAIF_CHANNELS; n++) {
        const LpaifChannel *c = &s->channel[n];

        if (!c->left || c->at > c->buff || c->start < 0) {
            return -EINVAL;
        }
    }
    lpaif_line_loaded(s);
    return 0;
}

static const VMStateDescription lpaif_vmstate = {
    .name = TYPE_LPAIF,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = lpaif_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_TIMER_PTR(timer, LpaifState),
            VMSTATE_UINT32_ARRAY(port, LpaifState, LPAIF_PORTS),
            VMSTATE_UINT32_ARRAY(enable, LpaifState, LPAIF_IRQS),
            VMSTATE_UINT32(status, LpaifState),
            VMSTATE_STRUCT_ARRAY(channel, LpaifState, LPAIF_CHANNELS, 1, vmstate_lpaif_channel,
                                 LpaifChannel),
            VMSTATE_BOOL(line.headset, LpaifState),
            VMSTATE_BOOL(line.amplifier, LpaifState),
            VMSTATE_END_OF_LIST(),
        },
};

static void lpaif_init(Object *obj)
{
    LpaifState *s = LPAIF(obj);

    memory_region_init_io(&s->iomem, obj, &lpaif_ops, s, TYPE_LPAIF, IO_SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    qdev_init_gpio_out_named(DEVICE(obj), &s->plug, "headset", 1);
    qdev_init_gpio_in_named(DEVICE(obj), set_amplifier, "amplifier", 1);
    lpaif_line_init(s);
}

static void lpaif_realize(DeviceState *dev, Error **errp)
{
    LpaifState *s = LPAIF(dev);

    if (!s->dma_mr) {
        error_setg(errp, "sound: no memory (property dma)");
        return;
    }
    address_space_init(&s->dma, s->dma_mr, "sound");
    s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, tick, s);
}

static const Property lpaif_properties[] = {
    DEFINE_PROP_LINK("dma", LpaifState, dma_mr, TYPE_MEMORY_REGION, MemoryRegion *),
};

static void lpaif_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "LPAIF audio interface with codec";
    dc->realize = lpaif_realize;
    dc->vmsd = &lpaif_vmstate;
    RESETTABLE_CLASS(oc)->phases.hold = lpaif_reset_hold;
    RESETTABLE_CLASS(oc)->phases.exit = lpaif_reset_exit;
    device_class_set_props(dc, lpaif_properties);
    lpaif_add_properties(oc);
    set_bit(DEVICE_CATEGORY_SOUND, dc->categories);
}

static const TypeInfo lpaif_info = {
    .name = TYPE_LPAIF,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(LpaifState),
    .instance_init = lpaif_init,
    .class_init = lpaif_class_init,
};

static void lpaif_register_types(void)
{
    type_register_static(&lpaif_info);
}

type_init(lpaif_register_types)
