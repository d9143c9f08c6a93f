/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: a service's device tree, read for the board's devices and by each reader. */
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/board.h"
#include "el1/fdtread.h"
#include "fdt_script.h"

static const char *const words[] = {"memory@80000000",
                                    "memory",
                                    "device_type",
                                    "reg",
                                    "compatible",
                                    "interrupts",
                                    "#address-cells",
                                    "#size-cells",
                                    "chosen",
                                    "rng-seed",
                                    "arm,gic-v3",
                                    "arm,pl011",
                                    "arasan,sdhci-8.9a",
                                    "fsl,imx21-i2c",
                                    "globaltop,pa6h",
                                    "vcc-supply",
                                    "phandle",
                                    "gpios",
                                    NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(const void *fdt)
{
    char text[16];
    uint64_t base, size;

    for (int node = 0; node >= 0; node = fdt_next_node(fdt, node, NULL)) {
        fdt_read_reg(fdt, node, 0, &base, &size);
        fdt_read_reg(fdt, node, 1, &base, &size);
        fdt_read_intid(fdt, node, 1);
        for (unsigned i = 0; words[i]; i++) {
            fdt_read_u64(fdt, node, words[i], i % 3, 1);
            fdt_read_u32(fdt, node, words[i], 1);
            fdt_read_text(fdt, node, words[i], text, sizeof(text));
            if (strlen(text) >= sizeof(text)) {
                abort();
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t tree[FDT_SCRIPT_MAX] __attribute__((aligned(8)));
    const uint32_t bytes = fdt_script(data, size, words, tree);
    struct board board;

    if (!bytes || fdt_check_full(tree, bytes)) {
        return 0;
    }
    board_read(&board, tree);
    read_all(tree);
    return 0;
}
