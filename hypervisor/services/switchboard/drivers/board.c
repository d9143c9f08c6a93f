/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stddef.h>
#include <string.h>

#include <libfdt.h>

#include "board.h"
#include "el1/fdtread.h"
#include "phonebooth/chosen.h"

#define TOUCH_ADDRESS 0x38 /* FT5x06 on its I2C bus */
#define GAUGE_ADDRESS 0x0b
#define HUB_ADDRESS   0x40
#define LIGHT_ADDRESS 0x2c

/* Which devices, how many at most, and where they go. */
static const struct kind {
    const char *compatible;
    unsigned max;
    size_t first; /* offset of the first struct device */
} kinds[] = {
    {"arm,pl011", 2, offsetof(struct board, log)},
    {"arasan,sdhci-8.9a", BOARD_MMCS, offsetof(struct board, mmc)},
    {"arm,pl061", 2, offsetof(struct board, gpio)},
    {"arm,pl031", 1, offsetof(struct board, rtc)},
    {"phonebooth,display-engine", 1, offsetof(struct board, display)},
    {"cdns,gem", BOARD_NETS, offsetof(struct board, net)},
    {"qcom,apq8016-lpass-cpu", 1, offsetof(struct board, sound)},
    {"phonebooth,camera", 1, offsetof(struct board, camera)},
    {"phonebooth,dma-firewall-report", 1, offsetof(struct board, firewall)},
};

_Static_assert(offsetof(struct board, service) ==
                   offsetof(struct board, log) + sizeof(struct device),
               "log and service are two PL011");
_Static_assert(offsetof(struct board, lights) ==
                   offsetof(struct board, gpio) + sizeof(struct device),
               "keys and lights are two PL061");

/* Inserts by address; the highest falls off. */
static void insert(struct device *devices, unsigned max, struct device device)
{
    for (unsigned i = 0; i < max; i++) {
        if (!devices[i].base || device.base < devices[i].base) {
            const struct device moved = devices[i];

            devices[i] = device;
            device = moved;
        }
        if (!device.base) {
            return;
        }
    }
}

static struct device device_at(const void *fdt, int node)
{
    struct device device = {0};
    uint64_t size;

    if (fdt_read_reg(fdt, node, 0, &device.base, &size)) {
        device.intid = fdt_read_intid(fdt, node, 0);
    }
    return device;
}

/* A UART with a chip at its other end is not to be used otherwise. */
static bool has_child(const void *fdt, int node)
{
    return fdt_first_subnode(fdt, node) >= 0;
}

static void read_kind(struct board *board, const void *fdt, const struct kind *kind)
{
    const bool is_uart = kind->first == offsetof(struct board, log);
    int node = -1;

    while ((node = fdt_node_offset_by_compatible(fdt, node, kind->compatible)) >= 0) {
        const struct device device = device_at(fdt, node);

        if (device.base && !(is_uart && has_child(fdt, node))) {
            insert((struct device *)((char *)board + kind->first), kind->max, device);
        }
    }
}

/* The child of an I2C that has that address; -1: none. */
static int i2c_child(const void *fdt, uint32_t address, struct device *i2c, uint32_t *alert)
{
    int node = -1;
    int child;

    while ((node = fdt_node_offset_by_compatible(fdt, node, "fsl,imx21-i2c")) >= 0) {
        fdt_for_each_subnode (child, fdt, node) {
            if (fdt_read_u32(fdt, child, "reg", 0) == address) {
                *i2c = device_at(fdt, node);
                *alert = fdt_read_intid(fdt, node, 1);
                return child;
            }
        }
    }
    return -1;
}

static void read_i2c(struct board *board, const void *fdt)
{
    uint32_t alert;
    int hub;
    const int touch = i2c_child(fdt, TOUCH_ADDRESS, &board->i2c, &alert);

    board->touch_intid = touch < 0 ? 0 : fdt_read_intid(fdt, touch, 0);
    i2c_child(fdt, GAUGE_ADDRESS, &board->gauge_i2c, &board->gauge_alert);
    hub = i2c_child(fdt, HUB_ADDRESS, &board->hub_i2c, &alert);
    i2c_child(fdt, LIGHT_ADDRESS, &board->backlight_i2c, &alert);
    board->hub_intid = hub < 0 ? 0 : fdt_read_intid(fdt, hub, 0);
}

/* Its power is a regulator that a line of the GPIO turns on: <controller line flags>. */
static void read_gnss(struct board *board, const void *fdt)
{
    const int node = fdt_node_offset_by_compatible(fdt, -1, "globaltop,pa6h");
    const int power = fdt_node_offset_by_phandle(fdt, fdt_read_u32(fdt, node, "vcc-supply", 0));
    int len;
    const fdt32_t *line = fdt_getprop(fdt, power, "gpios", &len);

    if (node >= 0 && line && len >= 8) {
        board->gnss = device_at(fdt, fdt_parent_offset(fdt, node));
        board->gnss_line = fdt32_to_cpu(line[1]);
    }
}

/* The line of a property <GPIO line flags>. */
static uint32_t read_line(const void *fdt, const char *compatible, const char *name)
{
    const int node = fdt_node_offset_by_compatible(fdt, -1, compatible);

    return node < 0 ? BOARD_NO_LINE : (uint32_t)fdt_read_u64(fdt, node, name, 1, BOARD_NO_LINE);
}

static void read_panel(struct panel *panel, const void *fdt)
{
    const int node = fdt_node_offset_by_compatible(fdt, -1, "phonebooth,display-engine");

    if (node < 0) {
        return;
    }
    panel->width = fdt_read_u32(fdt, node, "width", 0);
    panel->height = fdt_read_u32(fdt, node, "height", 0);
    panel->width_mm = fdt_read_u32(fdt, node, "width-mm", 0);
    panel->height_mm = fdt_read_u32(fdt, node, "height-mm", 0);
}

bool board_read(struct board *board, const void *fdt)
{
    int len;

    memset(board, 0, sizeof(*board));
    if (!place_read(&board->place, fdt)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        read_kind(board, fdt, &kinds[i]);
    }
    read_i2c(board, fdt);
    read_gnss(board, fdt);
    read_panel(&board->panel, fdt);
    board->headset_line = read_line(fdt, "simple-audio-card", "simple-audio-card,hp-det-gpios");
    board->amplifier_line = read_line(fdt, "simple-audio-amplifier", "enable-gpios");
    board->seed = fdt_getprop(fdt, fdt_path_offset(fdt, "/chosen"), "rng-seed", &len);
    board->seed_len = board->seed && len > 0 ? (uint32_t)len : 0;
    board->zone = fdt_getprop(fdt, fdt_path_offset(fdt, "/chosen"), PB_TIMEZONE, &len);
    if (len != PB_TIMEZONE_SIZE) {
        board->zone = NULL;
    }
    return true;
}
