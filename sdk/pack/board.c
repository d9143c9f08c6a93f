/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "board.h"
#include "board_device.h"
#include "board_node.h"
#include "error.h"

static gboolean read_memory(struct pack_board *board, GError **error)
{
    const void *dtb = board->dtb;
    int node = fdt_node_offset_by_prop_value(dtb, -1, "device_type", "memory", 7);

    /* The largest node: a board may describe its SRAM as memory too. */
    for (; node >= 0; node = fdt_node_offset_by_prop_value(dtb, node, "device_type", "memory", 7)) {
        struct pack_range range;
        const fdt32_t *sizes;
        int length;

        if (!pack_node_reg(dtb, node, 0, &range) || range.size <= board->memory.size) {
            continue;
        }
        board->memory = range;
        sizes = fdt_getprop(dtb, node, "phonebooth,sizes", &length);
        board->memory_min = sizes && length == 16 ? pack_node_cells(sizes, 2) : 0;
        board->memory_max = sizes && length == 16 ? pack_node_cells(sizes + 2, 2) : 0;
    }
    if (!board->memory.size) {
        return pack_fail(error, "%s: no memory node with a `reg`; add memory@...", board->file);
    }
    return TRUE;
}

static gboolean read_gic(struct pack_board *board, GError **error)
{
    int node = fdt_node_offset_by_compatible(board->dtb, -1, "arm,gic-v3");

    if (node < 0 || !pack_node_reg(board->dtb, node, 0, &board->gicd) ||
        !pack_node_reg(board->dtb, node, 1, &board->gicr)) {
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

    if (node < 0 || !pack_node_is_enabled(board->dtb, node)) {
        return TRUE;
    }
    if (!pack_node_reg(board->dtb, node, 0, &range)) {
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
        board->mpidr[board->cpus++] = pack_node_cells(reg, cells);
    }
    if (!board->cpus) {
        return pack_fail(error, "%s: no CPU under /cpus; add cpu@0", board->file);
    }
    return TRUE;
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
        !pack_board_read_devices(board, "arm,pl011", PACK_MAX_UARTS, board->uart, &board->uarts,
                                 error) ||
        !pack_board_read_devices(board, "arm,pl031", 1, rtc, &rtcs, error) ||
        !pack_board_read_devices(board, NULL, PACK_MAX_DEVICES, board->device, &board->devices,
                                 error)) {
        return FALSE;
    }
    board->has_rtc = rtcs == 1;
    if (board->has_rtc) {
        board->rtc = rtc[0];
    }
    return TRUE;
}
