/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DMA firewall: what a master sees of memory, docs/board/dma-firewall.md, "Windows". */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "qemu/module.h"
#include "dma_firewall.h"

#define TYPE_DMA_CLOSED "phonebooth-dma-closed"
#define PAGE_MASK       ((hwaddr)BIT(FIREWALL_PAGE_SHIFT) - 1)

/* Access to what is not plainly open. Called per page and transfer; @flag is what it does. */
static IOMMUTLBEntry closed_translate(IOMMUMemoryRegion *iommu, hwaddr address,
                                      IOMMUAccessFlags flag, int iommu_idx)
{
    DmaView *view = container_of(iommu, DmaView, closed);
    IOMMUAccessFlags allowed =
        firewall_allowed(view->firewall, view->master, address >> FIREWALL_PAGE_SHIFT);

    if (flag & ~allowed) {
        firewall_fault(view->firewall, view->master, address, flag);
    }
    return (IOMMUTLBEntry){
        .target_as = &address_space_memory,
        .iova = address & ~PAGE_MASK,
        .translated_addr = address & ~PAGE_MASK,
        .addr_mask = PAGE_MASK,
        .perm = allowed,
    };
}

/* A window in which the master may do all that it does needs no check: an alias of memory. */
static bool window_is_plain(const DmaView *view, const uint32_t regs[WINDOW_REGS])
{
    uint32_t readers = regs[WINDOW_ALLOW], writers = regs[WINDOW_ALLOW] >> 16;
    uint32_t allowed = view->uses == IOMMU_RO ? readers : readers & writers;

    return regs[WINDOW_BASE] <= regs[WINDOW_LIMIT] && (allowed & BIT(view->master));
}

static void update_window(DmaView *view, int n)
{
    const uint32_t *regs = view->firewall->window[n];
    MemoryRegion *window = &view->window[n];
    bool on = (view->firewall->ctrl & FIREWALL_CTRL_ENABLE) && window_is_plain(view, regs);

    memory_region_set_enabled(window, on);
    if (on) {
        hwaddr base = (hwaddr)regs[WINDOW_BASE] << FIREWALL_PAGE_SHIFT;
        hwaddr pages = (hwaddr)regs[WINDOW_LIMIT] - regs[WINDOW_BASE] + 1;

        memory_region_set_address(window, base);
        memory_region_set_alias_offset(window, base);
        memory_region_set_size(window, pages << FIREWALL_PAGE_SHIFT);
    }
}

void dma_view_update(DmaView *view)
{
    bool enabled = view->firewall->ctrl & FIREWALL_CTRL_ENABLE;

    memory_region_set_enabled(&view->open, !enabled);
    memory_region_set_enabled(MEMORY_REGION(&view->closed), enabled);
    for (int n = 0; n < FIREWALL_WINDOWS; n++) {
        update_window(view, n);
    }
}

void dma_view_init(DmaView *view, DmaFirewallState *s, unsigned master, IOMMUAccessFlags uses)
{
    Object *owner = OBJECT(s);
    MemoryRegion *board = get_system_memory();

    view->firewall = s;
    view->master = master;
    view->uses = uses;
    memory_region_init(&view->root, owner, "dma", UINT64_MAX);
    memory_region_init_alias(&view->open, owner, "dma-open", board, 0, UINT64_MAX);
    memory_region_init_iommu(&view->closed, sizeof(view->closed), TYPE_DMA_CLOSED, owner,
                             "dma-closed", UINT64_MAX);
    memory_region_add_subregion(&view->root, 0, &view->open);
    memory_region_add_subregion_overlap(&view->root, 0, MEMORY_REGION(&view->closed), -1);
    for (int n = 0; n < FIREWALL_WINDOWS; n++) {
        memory_region_init_alias(&view->window[n], owner, "dma-window", board, 0, 0);
        memory_region_set_enabled(&view->window[n], false);
        memory_region_add_subregion_overlap(&view->root, 0, &view->window[n], 1);
    }
    dma_view_update(view);
}

static void closed_class_init(ObjectClass *oc, void *data)
{
    IOMMU_MEMORY_REGION_CLASS(oc)->translate = closed_translate;
}

static const TypeInfo closed_info = {
    .name = TYPE_DMA_CLOSED,
    .parent = TYPE_IOMMU_MEMORY_REGION,
    .class_init = closed_class_init,
};

static void closed_register_types(void)
{
    type_register_static(&closed_info);
}

type_init(closed_register_types)
