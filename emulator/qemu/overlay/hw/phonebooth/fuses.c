/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-time programmable fuses, docs/board/security.md: the handset's serial number and its unique
 * key, as memory that can only be read. A lock hides the key until the next reset.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/guest-random.h"
#include "qemu/module.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(Fuses, FUSES)

enum { SERIAL = 0x010, KEY = 0x020, BLOWN_END = 0x040, LOCK = 0xffc, END = 0x1000 };

#define BLOWN_SIZE (BLOWN_END - SERIAL)

struct Fuses {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    char *file;
    uint8_t row[BLOWN_END];
    uint32_t locked;
};

static uint64_t fuses_read(void *opaque, hwaddr offset, unsigned size)
{
    const Fuses *s = opaque;
    bool hidden = s->locked && offset + size > KEY;

    if (offset == LOCK && size == 4) {
        return s->locked;
    }
    return offset + size > BLOWN_END || hidden ? 0 : ldn_le_p(s->row + offset, size);
}

static void fuses_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    Fuses *s = opaque;

    if (offset == LOCK && size == 4) {
        s->locked |= value & 1;
    }
}

static const MemoryRegionOps fuses_ops = {
    .read = fuses_read,
    .write = fuses_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 1, .max_access_size = 4},
};

static void fuses_reset(DeviceState *dev)
{
    FUSES(dev)->locked = 0;
}

/* Without a file they are other ones in each process. */
static bool blow(Fuses *s, Error **errp)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *blown = NULL;
    gsize length;

    memcpy(s->row, "PBFU\1", 5);
    if (!s->file) {
        qemu_guest_getrandom_nofail(s->row + SERIAL, BLOWN_SIZE);
        return true;
    }
    if (!g_file_get_contents(s->file, &blown, &length, &error)) {
        error_setg(errp, "%s", error->message);
        return false;
    }
    if (length != BLOWN_SIZE) {
        error_setg(errp, "%s: fuses are %d bytes, this has %zu: put it back from a copy", s->file,
                   BLOWN_SIZE, length);
        return false;
    }
    memcpy(s->row + SERIAL, blown, BLOWN_SIZE);
    memset(blown, 0, length);
    return true;
}

static void fuses_realize(DeviceState *dev, Error **errp)
{
    Fuses *s = FUSES(dev);

    if (blow(s, errp)) {
        memory_region_init_io(&s->iomem, OBJECT(s), &fuses_ops, s, TYPE_FUSES, END);
        sysbus_init_mmio(SYS_BUS_DEVICE(s), &s->iomem);
    }
}

/* What is blown belongs to the handset, not to its state. */
static const VMStateDescription vmstate_fuses = {
    .name = TYPE_FUSES,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]){VMSTATE_UINT32(locked, Fuses), VMSTATE_END_OF_LIST()},
};

static const Property fuses_properties[] = {
    DEFINE_PROP_STRING("file", Fuses, file), /* serial number, then key */
};

static void fuses_class_init(ObjectClass *class, void *data)
{
    DeviceClass *device = DEVICE_CLASS(class);

    device->realize = fuses_realize;
    device->vmsd = &vmstate_fuses;
    device_class_set_legacy_reset(device, fuses_reset);
    device_class_set_props(device, fuses_properties);
}

static const TypeInfo fuses_info = {
    .name = TYPE_FUSES,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Fuses),
    .class_init = fuses_class_init,
};

static void fuses_register_types(void)
{
    type_register_static(&fuses_info);
}

type_init(fuses_register_types)
