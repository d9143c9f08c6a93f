/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DMA firewall: registers, faults and saved state, docs/board/dma-firewall.md. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "dma_firewall.h"

static IOMMUAccessFlags master_uses(const DmaFirewallState *s, unsigned master)
{
    return s->readers & BIT(master) ? IOMMU_RO : IOMMU_RW;
}

IOMMUAccessFlags firewall_allowed(const DmaFirewallState *s, unsigned master, uint64_t page)
{
    IOMMUAccessFlags allowed = IOMMU_NONE;

    for (int n = 0; n < FIREWALL_WINDOWS; n++) {
        const uint32_t *regs = s->window[n];

        if (page < regs[WINDOW_BASE] || page > regs[WINDOW_LIMIT]) {
            continue;
        }
        allowed |= regs[WINDOW_ALLOW] & BIT(master) ? IOMMU_RO : IOMMU_NONE;
        allowed |= regs[WINDOW_ALLOW] & BIT(16 + master) ? IOMMU_WO : IOMMU_NONE;
    }
    return allowed;
}

static void update_irq(DmaFirewallState *s)
{
    qemu_set_irq(s->irq, s->status & FIREWALL_STATUS_FAULT);
}

void firewall_fault(DmaFirewallState *s, unsigned master, hwaddr address, IOMMUAccessFlags access)
{
    bool write = access & IOMMU_WO;

    qemu_log_mask(LOG_GUEST_ERROR, "DMA firewall: master %u: %s at 0x%" HWADDR_PRIx " refused\n",
                  master, write ? "write" : "read", address);
    s->count++;
    if (!(s->status & FIREWALL_STATUS_FAULT)) {
        s->status =
            FIREWALL_STATUS_FAULT | (write ? FIREWALL_STATUS_WRITE : 0) | (uint32_t)master << 8;
        s->address = address;
        update_irq(s);
    }
}

static void update_views(DmaFirewallState *s)
{
    memory_region_transaction_begin();
    for (int m = 0; m < s->masters; m++) {
        dma_view_update(&s->view[m]);
    }
    memory_region_transaction_commit();
    qemu_irq_pulse(s->changed);
}

static uint32_t *window_register(DmaFirewallState *s, hwaddr offset)
{
    hwaddr n = (offset - FIREWALL_WINDOW_BASE) / FIREWALL_WINDOW_STEP;
    hwaddr reg = (offset - FIREWALL_WINDOW_BASE) % FIREWALL_WINDOW_STEP / 4;

    return offset < FIREWALL_WINDOW_BASE || n >= FIREWALL_WINDOWS || reg >= WINDOW_REGS
               ? NULL
               : &s->window[n][reg];
}

static uint64_t control_read(void *opaque, hwaddr offset, unsigned size)
{
    DmaFirewallState *s = opaque;
    uint32_t *window = window_register(s, offset);

    switch (offset) {
    case FIREWALL_ID:
        return FIREWALL_ID_VALUE;
    case FIREWALL_CAPS:
        return FIREWALL_WINDOWS | s->masters << 8 | FIREWALL_VERSION << 16;
    case FIREWALL_CTRL:
        return s->ctrl;
    default:
        return window ? *window : 0;
    }
}

static void control_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    DmaFirewallState *s = opaque;
    uint32_t *window = window_register(s, offset);

    if (offset == FIREWALL_CTRL) {
        s->ctrl |= value & FIREWALL_CTRL_ENABLE;
    } else if (window && *window != value) {
        *window = value;
    } else {
        return;
    }
    update_views(s);
}

static uint64_t report_read(void *opaque, hwaddr offset, unsigned size)
{
    DmaFirewallState *s = opaque;

    switch (offset) {
    case FIREWALL_STATUS:
        return s->status;
    case FIREWALL_ADDR_LO:
        return (uint32_t)s->address;
    case FIREWALL_ADDR_HI:
        return s->address >> 32;
    case FIREWALL_COUNT:
        return s->count;
    default:
        return 0;
    }
}

static void report_write(void *opaque, hwaddr offset, uint64_t value, unsigned size)
{
    DmaFirewallState *s = opaque;

    if (offset == FIREWALL_STATUS && (value & FIREWALL_STATUS_FAULT)) {
        s->status = 0;
        s->address = 0;
        update_irq(s);
    }
}

static const MemoryRegionOps control_ops = {
    .read = control_read,
    .write = control_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 8},
    .impl = {.min_access_size = 4, .max_access_size = 4},
};

static const MemoryRegionOps report_ops = {
    .read = report_read,
    .write = report_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {.min_access_size = 4, .max_access_size = 4},
};

static void firewall_reset_hold(Object *obj, ResetType type)
{
    DmaFirewallState *s = DMA_FIREWALL(obj);

    s->ctrl = 0;
    memset(s->window, 0, sizeof(s->window));
    s->status = 0;
    s->address = 0;
    s->count = 0;
    update_irq(s);
    update_views(s);
}

static int firewall_post_load(void *opaque, int version_id)
{
    update_views(opaque);
    return 0;
}

static const VMStateDescription firewall_vmstate = {
    .name = TYPE_DMA_FIREWALL,
    .version_id = 1,
    .minimum_version_id = 1,
    .priority = MIG_PRI_IOMMU, /* before those that go through it */
    .post_load = firewall_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_UINT32(ctrl, DmaFirewallState),
            VMSTATE_UINT32_2DARRAY(window, DmaFirewallState, FIREWALL_WINDOWS, WINDOW_REGS),
            VMSTATE_UINT32(status, DmaFirewallState),
            VMSTATE_UINT64(address, DmaFirewallState),
            VMSTATE_UINT32(count, DmaFirewallState),
            VMSTATE_END_OF_LIST(),
        },
};

MemoryRegion *dma_firewall_master(DeviceState *firewall, unsigned master)
{
    DmaFirewallState *s = DMA_FIREWALL(firewall);

    assert(master < s->masters);
    return &s->view[master].root;
}

static void firewall_init(Object *obj)
{
    DmaFirewallState *s = DMA_FIREWALL(obj);
    SysBusDevice *bus = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->control, obj, &control_ops, s, "dma-firewall", FIREWALL_IO_SIZE);
    memory_region_init_io(&s->report, obj, &report_ops, s, "dma-firewall-report", FIREWALL_IO_SIZE);
    sysbus_init_mmio(bus, &s->control);
    sysbus_init_mmio(bus, &s->report);
    sysbus_init_irq(bus, &s->irq);
    qdev_init_gpio_out_named(DEVICE(obj), &s->changed, "changed", 1);
}

static void firewall_realize(DeviceState *dev, Error **errp)
{
    DmaFirewallState *s = DMA_FIREWALL(dev);

    if (s->masters > FIREWALL_MASTERS) {
        error_setg(errp, "DMA firewall: %u masters, at most %u are possible", s->masters,
                   FIREWALL_MASTERS);
        return;
    }
    for (unsigned m = 0; m < s->masters; m++) {
        dma_view_init(&s->view[m], s, m, master_uses(s, m));
    }
}

static const Property firewall_properties[] = {
    DEFINE_PROP_UINT32("masters", DmaFirewallState, masters, 0),
    DEFINE_PROP_UINT32("readers", DmaFirewallState, readers, 0),
};

static void firewall_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "Phonebooth DMA firewall";
    dc->realize = firewall_realize;
    dc->vmsd = &firewall_vmstate;
    device_class_set_props(dc, firewall_properties);
    RESETTABLE_CLASS(oc)->phases.hold = firewall_reset_hold;
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
}

static const TypeInfo firewall_info = {
    .name = TYPE_DMA_FIREWALL,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(DmaFirewallState),
    .instance_init = firewall_init,
    .class_init = firewall_class_init,
};

static void firewall_register_types(void)
{
    type_register_static(&firewall_info);
}

type_init(firewall_register_types)
