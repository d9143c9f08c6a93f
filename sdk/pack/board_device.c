/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "board_device.h"
#include "board_node.h"
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
    "phonebooth,camera", "qcom,apq8016-lpass-cpu",
};

static gboolean is_known(const void *dtb, int node)
{
    for (gsize i = 0; i < G_N_ELEMENTS(switchboard_compatible); i++) {
        if (pack_node_is(dtb, node, switchboard_compatible[i])) {
            return TRUE;
        }
    }
    return pack_node_is_serial_chip(dtb, node) &&
           pack_node_is(dtb, fdt_first_subnode(dtb, node), "globaltop,pa6h");
}

/* What the switchboard has a driver for, and every part of our boards that is not given otherwise.
 */
static gboolean is_device(const void *dtb, int node)
{
    if (!pack_node_is_enabled(dtb, node)) {
        return FALSE;
    }
    return is_known(dtb, node) ||
           (fdt_getprop(dtb, node, PART, NULL) &&
            (!pack_node_is(dtb, node, "arm,pl011") || pack_node_is_serial_chip(dtb, node)) &&
            !pack_node_is(dtb, node, "phonebooth,dma-firewall"));
}

static gboolean interrupts_go_to_gic(const void *dtb, int node)
{
    while (node >= 0) {
        int length;
        const fdt32_t *phandle = fdt_getprop(dtb, node, "interrupt-parent", &length);

        if (phandle && length == 4) {
            int parent = fdt_node_offset_by_phandle(dtb, fdt32_to_cpu(*phandle));

            return parent >= 0 && pack_node_is(dtb, parent, "arm,gic-v3");
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
    if (!pack_node_reg(dtb, node, 0, &device->reg) || !device->reg.size) {
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

gboolean pack_board_read_devices(const struct pack_board *board, const char *compatible, guint max,
                                 struct pack_device *list, guint *count, GError **error)
{
    const void *dtb = board->dtb;
    int node = -1;

    while ((node = fdt_next_node(dtb, node, NULL)) >= 0) {
        gboolean match = compatible ? pack_node_is(dtb, node, compatible) &&
                                          pack_node_is_enabled(dtb, node) &&
                                          !pack_node_is_serial_chip(dtb, node)
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
