/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * True random number generator, docs/board/security.md: the registers of the BCM2835's that its
 * Linux driver (bcm2835-rng) uses, with the host's random numbers behind them.
 */
#include "qemu/osdep.h"
#include "qemu/guest-random.h"
#include "qemu/module.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(Trng, TRNG)

enum { CONTROL = 0x00, STATUS = 0x04, DATA = 0x08, MASK = 0x10, END = 0x1000 };

#define CONTROL_ON    BIT(0)
#define STATUS_WARMUP 0xfffffu /* what is written: numbers that are dropped first */
#define STATUS_WORDS  24       /* how many can be read at once */
#define WORDS         4u
#define MASK_OFF      BIT(0)

struct Trng {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    uint32_t control, warmup, mask;
};

static uint32_t number(const Trng *s)
{
    uint32_t value = 0;

    if (s->control & CONTROL_ON) {
        qemu_guest_getrandom_nofail(&value, sizeof(value));
    }
    return value;
}

static uint64_t trng_read(void *opaque, hwaddr offset, unsigned size)
{
    const Trng *s = opaque;

    switch (offset) {
    case CONTROL:
        return s->control;
    case STATUS:
        return s->warmup | (s->control & CONTROL_ON ? WORDS << STATUS_WORDS : 0);
    case DATA:
        return number(s);
    case MASK:
        return s->mask;
    default:
        return 0;
    }
}

static void trng_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    Trng *s = opaque;

    switch (offset) {
    case CONTROL:
        s->control = value & CONTROL_ON;
        break;
    case STATUS:
        s->warmup = value & STATUS_WARMUP;
        break;
    case MASK:
        s->mask = value & MASK_OFF;
        break;
    }
}

static const MemoryRegionOps trng_ops = {
    .read = trng_read,
    .write = trng_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
};

static void trng_reset(DeviceState *dev)
{
    Trng *s = TRNG(dev);

    s->control = s->warmup = s->mask = 0;
}

static void trng_init(Object *obj)
{
    Trng *s = TRNG(obj);

    memory_region_init_io(&s->iomem, obj, &trng_ops, s, TYPE_TRNG, END);
    sysbus_init_mmio(SYS_BUS_DEVICE(s), &s->iomem);
}

static const VMStateDescription vmstate_trng = {
    .name = TYPE_TRNG,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]){VMSTATE_UINT32(control, Trng), VMSTATE_UINT32(warmup, Trng),
                                     VMSTATE_UINT32(mask, Trng), VMSTATE_END_OF_LIST()},
};

static void trng_class_init(ObjectClass *class, void *data)
{
    DeviceClass *device = DEVICE_CLASS(class);

    device->vmsd = &vmstate_trng;
    device_class_set_legacy_reset(device, trng_reset);
}

static const TypeInfo trng_info = {
    .name = TYPE_TRNG,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Trng),
    .instance_init = trng_init,
    .class_init = trng_class_init,
};

static void trng_register_types(void)
{
    type_register_static(&trng_info);
}

type_init(trng_register_types)
