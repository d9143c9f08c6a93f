/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include "board.h"
#include "error.h"

#define GIC_FIRST_SPI  32
#define GIC_TYPE_SPI   0
#define PART           "phonebooth,part"
#define IRQ_EDGE_FLAGS 3u /* IRQ_TYPE_EDGE_RISING | IRQ_TYPE_EDGE_FALLING */

/* Parts of the board that the switchboard has drivers for. UARTs are given one by one. */
static const char *const switchboard_compatible[] = {
    "arm,pl031",         "arm,pl061",
    "arm,sp805",         "fsl,imx1-i2c",
    "fsl,imx21-i2c",     "phonebooth,display-engine",
    "arasan,sdhci-8.9a", "cdns,gem",
    "cdns,macb",         "phonebooth,dma-firewall-report",
};

static gboolean has_compatible(const void *dtb, int node, const char *compatible)
{
    return fdt_node_check_compatible(dtb, node, compatible) == 0;
}

static gboolean is_enabled(const void *dtb, int node)
{
    const char *status = fdt_getprop(dtb, node, "status", NULL);

    return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}

static gboolean is_known(const void *dtb, int node)
{
    for (gsize i = 0; i < G_N_ELEMENTS(switchboard_compatible); i++) {
        if (has_compatible(dtb, node, switchboard_compatible[i])) {
            return TRUE;
        }
    }
    return FALSE;
}

/* What the switchboard has a driver for, and every part of our boards that is not given otherwise.
 */
static gboolean is_device(const void *dtb, int node)
{
    if (!is_enabled(dtb, node)) {
        return FALSE;
    }
    return is_known(dtb, node) ||
           (fdt_getprop(dtb, node, PART, NULL) && !has_compatible(dtb, node, "arm,pl011") &&
            !has_compatible(dtb, node, "phonebooth,dma-firewall"));
}

int pack_board_find_device(const struct pack_board *board, const char *name)
{
    for (guint i = 0; i < board->devices; i++) {
        if (!strcmp(board->device[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

static guint64 read_cells(const fdt32_t *cell, int cells)
{
    guint64 value = 0;

    for (int i = 0; i < cells; i++) {
        value = value << 32 | fdt32_to_cpu(cell[i]);
    }
    return value;
}

/* Entry `index` of `reg`. Buses between the node and the root are taken as 1:1 (empty `ranges`). */
static gboolean read_reg(const void *dtb, int node, int index, struct pack_range *range)
{
    int parent = fdt_parent_offset(dtb, node);
    int address = fdt_address_cells(dtb, parent);
    int size = fdt_size_cells(dtb, parent);
    int length;
    const fdt32_t *reg = fdt_getprop(dtb, node, "reg", &length);

    if (!reg || address < 1 || address > 2 || size < 1 || size > 2) {
        return FALSE;
    }
    if (length / 4 < (index + 1) * (address + size)) {
        return FALSE;
    }
    reg += index * (address + size);
    range->base = read_cells(reg, address);
    range->size = read_cells(reg + address, size);
    return TRUE;
}

static gboolean interrupts_go_to_gic(const void *dtb, int node)
{
    while (node >= 0) {
        int length;
        const fdt32_t *phandle = fdt_getprop(dtb, node, "interrupt-parent", &length);

        if (phandle && length == 4) {
            int parent = fdt_node_offset_by_phandle(dtb, fdt32_to_cpu(*phandle));

            return parent >= 0 && has_compatible(dtb, parent, "arm,gic-v3");
        }
        node = fdt_parent_offset(dtb, node);
    }
    return FALSE;
}

/* Adds the SPIs of `node`: <type number flags> each. */
static void read_interrupts(const void *dtb, int node, struct pack_device *device)
{
    int length = 0;
    const fdt32_t *cell = fdt_getprop(dtb, node, "interrupts", &length);

    if (!cell || !interrupts_go_to_gic(dtb, node)) {
        return;
    }
    for (int i = 0; i + 3 <= length / 4 && device->irqs < PACK_DEVICE_IRQS; i += 3) {
        if (fdt32_to_cpu(cell[i]) != GIC_TYPE_SPI) {
            continue;
        }
        device->irq[device->irqs].intid = GIC_FIRST_SPI + fdt32_to_cpu(cell[i + 1]);
        device->irq[device->irqs].edge = (fdt32_to_cpu(cell[i + 2]) & IRQ_EDGE_FLAGS) != 0;
        device->irqs++;
    }
}

/* <number what>: its number at the DMA firewall; 1 it reads, 2 it writes, 3 both. */
static guint32 read_dma(const void *dtb, int node)
{
    int length = 0;
    const fdt32_t *cell = fdt_getprop(dtb, node, "phonebooth,dma-master", &length);
    guint32 number, what;

    if (!cell || length != 8) {
        return 0;
    }
    number = fdt32_to_cpu(cell[0]);
    what = fdt32_to_cpu(cell[1]);
    return number < 16 ? (what & 1) << number | (what >> 1 & 1) << (16 + number) : 0;
}

static gboolean read_device(const struct pack_board *board, int node, struct pack_device *device,
                            GError **error)
{
    const void *dtb = board->dtb;
    const char *name;
    int child;

    memset(device, 0, sizeof(*device));
    if (fdt_get_path(dtb, node, device->path, sizeof(device->path)) < 0) {
        return pack_fail(error, "%s: node %s: path too long; flatten the tree", board->file,
                         fdt_get_name(dtb, node, NULL));
    }
    if (!read_reg(dtb, node, 0, &device->reg) || !device->reg.size) {
        return pack_fail(error, "%s: node %s: no usable `reg`; add one", board->file, device->path);
    }
    name = fdt_getprop(dtb, node, PART, NULL);
    g_strlcpy(device->name, name ? name : fdt_get_name(dtb, node, NULL), sizeof(device->name));
    device->known = is_known(dtb, node);
    device->dma = read_dma(dtb, node);
    read_interrupts(dtb, node, device);
    /* A chip on an I2C bus has an interrupt of its own, but no address. */
    fdt_for_each_subnode (child, dtb, node) {
        read_interrupts(dtb, child, device);
    }
    return TRUE;
}

static int compare_devices(const void *a, const void *b)
{
    const struct pack_device *left = a, *right = b;

    return left->reg.base < right->reg.base ? -1 : left->reg.base > right->reg.base;
}

static gboolean read_all(struct pack_board *board, const char *compatible, guint max,
                         struct pack_device *list, guint *count, GError **error)
{
    const void *dtb = board->dtb;
    int node = -1;

    while ((node = fdt_next_node(dtb, node, NULL)) >= 0) {
        gboolean match = compatible ? has_compatible(dtb, node, compatible) && is_enabled(dtb, node)
                                    : is_device(dtb, node);

        if (!match) {
            continue;
        }
        if (*count == max) {
            return pack_fail(error, "%s: more than %u %s nodes; disable some", board->file, max,
                             compatible ? compatible : "device");
        }
        if (!read_device(board, node, &list[(*count)++], error)) {
            return FALSE;
        }
    }
    qsort(list, *count, sizeof(*list), compare_devices);
    return TRUE;
}

static gboolean read_memory(struct pack_board *board, GError **error)
{
    const void *dtb = board->dtb;
    int node = fdt_node_offset_by_prop_value(dtb, -1, "device_type", "memory", 7);

    /* The largest node: a board may describe its SRAM as memory too. */
    for (; node >= 0; node = fdt_node_offset_by_prop_value(dtb, node, "device_type", "memory", 7)) {
        struct pack_range range;
        const fdt32_t *sizes;
        int length;

        if (!read_reg(dtb, node, 0, &range) || range.size <= board->memory.size) {
            continue;
        }
        board->memory = range;
        sizes = fdt_getprop(dtb, node, "phonebooth,sizes", &length);
        board->memory_min = sizes && length == 16 ? read_cells(sizes, 2) : 0;
        board->memory_max = sizes && length == 16 ? read_cells(sizes + 2, 2) : 0;
    }
    if (!board->memory.size) {
        return pack_fail(error, "%s: no memory node with a `reg`; add memory@...", board->file);
    }
    return TRUE;
}

static gboolean read_gic(struct pack_board *board, GError **error)
{
    int node = fdt_node_offset_by_compatible(board->dtb, -1, "arm,gic-v3");

    if (node < 0 || !read_reg(board->dtb, node, 0, &board->gicd) ||
        !read_reg(board->dtb, node, 1, &board->gicr)) {
        return pack_fail(error, "%s: no arm,gic-v3 node with two `reg` entries; add one",
                         board->file);
    }
    return TRUE;
}

/* Our boards' first `compatible` is "phonebooth,NAME". */
static void read_name(struct pack_board *board)
{
    const char *compatible = fdt_getprop(board->dtb, 0, "compatible", NULL);

    if (compatible && g_str_has_prefix(compatible, "phonebooth,")) {
        g_strlcpy(board->name, compatible + strlen("phonebooth,"), sizeof(board->name));
    }
}

static gboolean read_firewall(struct pack_board *board, GError **error)
{
    int node = fdt_node_offset_by_compatible(board->dtb, -1, "phonebooth,dma-firewall");
    struct pack_range range;

    if (node < 0 || !is_enabled(board->dtb, node)) {
        return TRUE;
    }
    if (!read_reg(board->dtb, node, 0, &range)) {
        return pack_fail(error, "%s: DMA firewall: no `reg`; correct it", board->file);
    }
    board->firewall = range.base;
    return TRUE;
}

static gboolean read_cpus(struct pack_board *board, GError **error)
{
    const void *dtb = board->dtb;
    int parent = fdt_path_offset(dtb, "/cpus");
    int cells = parent < 0 ? 0 : fdt_address_cells(dtb, parent);
    int node;

    fdt_for_each_subnode (node, dtb, parent) {
        const char *type = fdt_getprop(dtb, node, "device_type", NULL);
        int length;
        const fdt32_t *reg = fdt_getprop(dtb, node, "reg", &length);

        if (!type || strcmp(type, "cpu") || !reg || length < cells * 4) {
            continue;
        }
        if (board->cpus == PB_MAX_PCPUS) {
            return pack_fail(error, "%s: more than %d CPUs; remove some", board->file,
                             PB_MAX_PCPUS);
        }
        board->mpidr[board->cpus++] = read_cells(reg, cells);
    }
    if (!board->cpus) {
        return pack_fail(error, "%s: no CPU under /cpus; add cpu@0", board->file);
    }
    return TRUE;
}

gboolean pack_board_read(struct pack_board *board, const void *dtb, gsize size, const char *file,
                         GError **error)
{
    struct pack_device rtc[1];
    guint rtcs = 0;

    memset(board, 0, sizeof(*board));
    board->file = file;
    board->dtb = dtb;
    if (size > G_MAXINT || fdt_check_full(dtb, size)) {
        return pack_fail(error, "%s: not a flattened device tree; compile it with dtc", file);
    }
    read_name(board);
    if (!read_memory(board, error) || !read_gic(board, error) || !read_firewall(board, error) ||
        !read_cpus(board, error) ||
        !read_all(board, "arm,pl011", PACK_MAX_UARTS, board->uart, &board->uarts, error) ||
        !read_all(board, "arm,pl031", 1, rtc, &rtcs, error) ||
        !read_all(board, NULL, PACK_MAX_DEVICES, board->device, &board->devices, error)) {
        return FALSE;
    }
    board->has_rtc = rtcs == 1;
    if (board->has_rtc) {
        board->rtc = rtc[0];
    }
    return TRUE;
}
