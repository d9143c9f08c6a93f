/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The secure store, docs/board/security.md: slots of 1,024 bytes and a counter that only goes up,
 * behind a buffer and a command register. A command has ended when its write returns. What is
 * stored is not part of a machine's state: a snapshot that is loaded takes nothing back.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "board_parts.h"
#include "store_medium.h"

OBJECT_DECLARE_SIMPLE_TYPE(SecureStore, SECURE_STORE)

enum {
    ID = 0x000,
    STATUS = 0x004,
    SLOT = 0x008,
    COUNTER = 0x010,
    EXPECT = 0x018,
    COMMAND = 0x020,
    BUFFER = 0x400,
    END = BUFFER + STORE_SLOT_SIZE,
};

enum { COMMAND_READ = 1, COMMAND_WRITE = 2, COMMAND_COUNT = 3 };

#define STORE_ID 0x53534250 /* "PBSS" */

struct SecureStore {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    char *file;
    bool keep;
    StoreMedium medium;
    uint32_t status, slot, expect[2];
    uint8_t buffer[STORE_SLOT_SIZE];
};

static uint64_t store_read(void *opaque, hwaddr offset, unsigned size)
{
    const SecureStore *s = opaque;

    if (offset >= BUFFER && offset < END) {
        return ldl_le_p(s->buffer + (offset - BUFFER));
    }
    switch (offset) {
    case ID:
        return STORE_ID;
    case STATUS:
        return s->status;
    case SLOT:
        return s->slot;
    case COUNTER:
    case COUNTER + 4:
        return (uint32_t)(s->medium.counter >> (offset - COUNTER) * 8);
    case EXPECT:
    case EXPECT + 4:
        return s->expect[(offset - EXPECT) / 4];
    default:
        return 0;
    }
}

static void execute(SecureStore *s, uint32_t command)
{
    uint64_t expected = s->expect[0] | (uint64_t)s->expect[1] << 32;

    switch (command) {
    case COMMAND_READ:
        s->status = store_medium_read(&s->medium, s->slot, s->buffer);
        break;
    case COMMAND_WRITE:
        s->status = store_medium_write(&s->medium, s->slot, s->buffer, expected);
        break;
    case COMMAND_COUNT:
        s->status = store_medium_count(&s->medium, expected);
        break;
    default:
        s->status = STORE_BAD_COMMAND;
        break;
    }
}

static void store_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    SecureStore *s = opaque;

    if (offset >= BUFFER && offset < END) {
        stl_le_p(s->buffer + (offset - BUFFER), (uint32_t)value);
        return;
    }
    switch (offset) {
    case SLOT:
        s->slot = (uint32_t)value;
        break;
    case EXPECT:
    case EXPECT + 4:
        s->expect[(offset - EXPECT) / 4] = (uint32_t)value;
        break;
    case COMMAND:
        execute(s, (uint32_t)value);
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "secure store: write to 0x%03x\n", (unsigned)offset);
    }
}

static const MemoryRegionOps store_ops = {
    .read = store_read,
    .write = store_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
};

/* Nothing of what the owner before has read is left. */
static void store_reset(DeviceState *dev)
{
    SecureStore *s = SECURE_STORE(dev);

    s->status = s->slot = s->expect[0] = s->expect[1] = 0;
    memset(s->buffer, 0, sizeof(s->buffer));
}

static void store_realize(DeviceState *dev, Error **errp)
{
    SecureStore *s = SECURE_STORE(dev);
    g_autoptr(GError) error = NULL;

    if (!store_medium_open(&s->medium, s->file, &error)) {
        error_setg(errp, "%s", error->message);
        return;
    }
    if (!s->keep) {
        store_medium_close(&s->medium);
    }
    memory_region_init_io(&s->iomem, OBJECT(s), &store_ops, s, TYPE_SECURE_STORE, 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(s), &s->iomem);
}

static const VMStateDescription vmstate_secure_store = {
    .name = TYPE_SECURE_STORE,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]){VMSTATE_UINT32(status, SecureStore),
                                     VMSTATE_UINT32(slot, SecureStore),
                                     VMSTATE_UINT32_ARRAY(expect, SecureStore, 2),
                                     VMSTATE_BUFFER(buffer, SecureStore), VMSTATE_END_OF_LIST()},
};

static const Property store_properties[] = {
    DEFINE_PROP_STRING("file", SecureStore, file), /* see store_medium_open() */
    DEFINE_PROP_BOOL("keep", SecureStore, keep, true),
};

static void store_class_init(ObjectClass *class, void *data)
{
    DeviceClass *device = DEVICE_CLASS(class);

    device->realize = store_realize;
    device->vmsd = &vmstate_secure_store;
    device_class_set_legacy_reset(device, store_reset);
    device_class_set_props(device, store_properties);
}

static const TypeInfo store_info = {
    .name = TYPE_SECURE_STORE,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(SecureStore),
    .class_init = store_class_init,
};

static void store_register_types(void)
{
    type_register_static(&store_info);
}

type_init(store_register_types)
