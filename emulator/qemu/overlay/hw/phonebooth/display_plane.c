/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Display engine: a plane's pixels in memory, docs/board/display-engine.md,
 * "Planes". Addresses and sizes come from a guest: none of them is trusted.
 */
#include "qemu/osdep.h"
#include "exec/memory.h"
#include "exec/ram_addr.h"
#include "qemu/bitops.h"
#include "display_engine.h"

#define NOWHERE HWADDR_MAX

typedef struct PlaneFormat {
    pixman_format_code_t pixman;
    uint32_t bytes; /* per pixel */
    bool has_alpha;
} PlaneFormat;

static const PlaneFormat formats[PLANE_FORMATS] = {
    [PLANE_XRGB8888] = {PIXMAN_x8r8g8b8, 4, false},
    [PLANE_ARGB8888] = {PIXMAN_a8r8g8b8, 4, true},
    [PLANE_RGB565] = {PIXMAN_r5g6b5, 2, false},
};

static bool size_ok(uint32_t width, uint32_t height)
{
    return width >= 1 && width <= DISPLAY_MAX_SIZE && height >= 1 && height <= DISPLAY_MAX_SIZE;
}

/* Everything of @p that follows from the registers alone. */
static bool plane_decode(DisplayPlane *p, const uint32_t regs[PLANE_REGS])
{
    uint32_t format = extract32(regs[PLANE_CTRL], 8, 4);
    uint32_t dst_width = extract32(regs[PLANE_DST_SIZE], 0, 16);
    uint32_t dst_height = extract32(regs[PLANE_DST_SIZE], 16, 16);
    int32_t x = sextract32(regs[PLANE_DST_POS], 0, 16);
    int32_t y = sextract32(regs[PLANE_DST_POS], 16, 16);

    p->src_width = extract32(regs[PLANE_SRC_SIZE], 0, 16);
    p->src_height = extract32(regs[PLANE_SRC_SIZE], 16, 16);
    p->stride = regs[PLANE_STRIDE];
    if (format >= PLANE_FORMATS || !size_ok(p->src_width, p->src_height) ||
        !size_ok(dst_width, dst_height) || p->stride % 4 != 0 || p->stride > INT32_MAX ||
        p->stride < p->src_width * formats[format].bytes || regs[PLANE_ADDR_LO] % 4 != 0) {
        return false;
    }
    p->format = formats[format].pixman;
    p->alpha = extract32(regs[PLANE_CTRL], 16, 8);
    p->opaque = !formats[format].has_alpha && p->alpha == UINT8_MAX;
    p->scaled = p->src_width != dst_width || p->src_height != dst_height;
    p->dst = (pixman_box32_t){x, y, x + (int32_t)dst_width, y + (int32_t)dst_height};
    p->bytes = (uint64_t)p->stride * (p->src_height - 1) + p->src_width * formats[format].bytes;
    return true;
}

/*
 * Dirty logging stays on for the memory last used: turning it off and on at
 * each page flip would flush the CPUs' TLBs each time.
 */
static void plane_use_memory(DisplayPlane *p, MemoryRegion *mr)
{
    if (p->mr == mr) {
        return;
    }
    display_plane_release(p);
    memory_region_ref(mr);
    memory_region_set_log(mr, true, DIRTY_MEMORY_VGA);
    p->mr = mr;
}

static bool plane_find_memory(DisplayPlane *p, AddressSpace *memory, hwaddr address)
{
    MemoryRegionSection section;
    bool ram, ok;

    p->blocked = address;
    if (address + p->bytes < address) {
        return false;
    }
    section = memory_region_find(memory->root, address, p->bytes);
    if (!section.mr) {
        return false;
    }
    ram = memory_region_is_ram(section.mr) && section.offset_within_address_space == address;
    ok = ram && int128_ge(section.size, int128_make64(p->bytes));
    if (ok) {
        plane_use_memory(p, section.mr);
        p->offset = section.offset_within_region;
    } else {
        p->blocked = ram ? address + int128_get64(section.size) : address;
    }
    memory_region_unref(section.mr);
    return ok;
}

bool display_plane_load(DisplayPlane *p, AddressSpace *memory, const uint32_t regs[PLANE_REGS])
{
    uint64_t address = regs[PLANE_ADDR_LO] | (uint64_t)regs[PLANE_ADDR_HI] << 32;

    p->visible = false;
    p->blocked = NOWHERE;
    if (!(regs[PLANE_CTRL] & PLANE_CTRL_ENABLE)) {
        return true;
    }
    p->visible = plane_decode(p, regs) && plane_find_memory(p, memory, address);
    return p->visible;
}

void display_plane_touch(const DisplayPlane *p, AddressSpace *memory)
{
    uint32_t word;

    if (p->blocked != NOWHERE) { /* attribute "memory": devices are not read */
        address_space_read(memory, p->blocked, (MemTxAttrs){.memory = true}, &word, sizeof(word));
    }
}

void display_plane_release(DisplayPlane *p)
{
    if (p->mr) {
        memory_region_set_log(p->mr, false, DIRTY_MEMORY_VGA);
        memory_region_unref(p->mr);
        p->mr = NULL;
    }
}

/* Source rows @first up to, not including, @end, as rows of the panel. */
static void damage_rows(const DisplayPlane *p, uint32_t first, uint32_t end,
                        pixman_region32_t *damage)
{
    int32_t height = p->dst.y2 - p->dst.y1;
    int32_t top = p->dst.y1 + (int32_t)((uint64_t)first * height / p->src_height);
    int32_t bottom = p->dst.y1 + (int32_t)DIV_ROUND_UP((uint64_t)end * height, p->src_height);

    if (p->scaled) { /* the filter reaches into the neighbours */
        int32_t reach = 1 + height / (int32_t)p->src_height;

        top = MAX(top - reach, p->dst.y1);
        bottom = MIN(bottom + reach, p->dst.y2);
    }
    pixman_region32_union_rect(damage, damage, p->dst.x1, top, p->dst.x2 - p->dst.x1, bottom - top);
}

/* Anything has been written. Taking a snapshot to see that would wake all CPUs. */
static bool is_dirty(const DisplayPlane *p)
{
    return cpu_physical_memory_get_dirty(memory_region_get_ram_addr(p->mr) + p->offset, p->bytes,
                                         DIRTY_MEMORY_VGA);
}

/* @p stays what it is though a snapshot waits for the CPUs without QEMU's lock. */
static bool collect_rows(const DisplayPlane *p, pixman_region32_t *damage)
{
    DirtyBitmapSnapshot *snap =
        memory_region_snapshot_and_clear_dirty(p->mr, p->offset, p->bytes, DIRTY_MEMORY_VGA);
    hwaddr row_bytes = p->bytes - (uint64_t)p->stride * (p->src_height - 1);
    uint32_t first = 0;
    bool in_run = false, any = false;

    for (uint32_t row = 0; row <= p->src_height; row++) {
        bool dirty =
            row < p->src_height && memory_region_snapshot_get_dirty(
                                       p->mr, snap, p->offset + (hwaddr)row * p->stride, row_bytes);

        if (dirty && !in_run) {
            first = row;
        } else if (!dirty && in_run) {
            damage_rows(p, first, row, damage);
            any = true;
        }
        in_run = dirty;
    }
    g_free(snap);
    return any;
}

/* A CPU may change @plane meanwhile. */
static bool collect_damage(const DisplayPlane *plane, pixman_region32_t *damage)
{
    const DisplayPlane p = *plane;
    bool any;

    if (!is_dirty(&p)) {
        return false;
    }
    memory_region_ref(p.mr);
    any = collect_rows(&p, damage);
    memory_region_unref(p.mr);
    return any;
}

static bool share_memory(const DisplayPlane *a, const DisplayPlane *b)
{
    return a->mr == b->mr && a->offset < b->offset + b->bytes && b->offset < a->offset + a->bytes;
}

void display_planes_collect_damage(DisplayPlane planes[DISPLAY_PLANES], pixman_region32_t *damage)
{
    for (int i = 0; i < DISPLAY_PLANES; i++) {
        if (!planes[i].visible || !collect_damage(&planes[i], damage)) {
            continue;
        }
        /* The dirty marks are gone now; a plane with the same memory would miss them. */
        for (int j = i + 1; j < DISPLAY_PLANES; j++) {
            if (planes[j].visible && share_memory(&planes[i], &planes[j])) {
                damage_rows(&planes[j], 0, planes[j].src_height, damage);
            }
        }
    }
}
