/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest_i2c.h"
#include "guest_lights.h"

#define I2C_HZ          400000u
#define GAUGE_ADDRESS   0x0bu
#define SENSORS_ADDRESS 0x40u

#define SPI        0u
#define LEVEL_HIGH 4u
#define PAGE       0x1000u
#define DMA_REGS   0x80u
#define INTERRUPT  3u /* cells */

/* Of the mailbox. Only the first is there, but Linux reports an error if one has no interrupt. */
#define CHANNELS 8u

static const guint32 alert[INTERRUPT] = {SPI, PERSONA_I2C_SPI + 1, LEVEL_HIGH};

gboolean pack_guest_has_dma(const struct pack_plan *plan, guint vm)
{
    const struct pack_vm *config = &plan->handset->vm[vm];

    return plan->place[vm].vio_pa && config->arch == PACK_ARM64 && !config->is_protected;
}

static void write_sensors(struct pack_fdt *fdt)
{
    static const guint32 interrupt[] = {SPI, PERSONA_I2C_SPI + 2, LEVEL_HIGH};

    pack_fdt_node_at(fdt, "sensors", SENSORS_ADDRESS);
    pack_fdt_string(fdt, "compatible", "hid-over-i2c");
    pack_fdt_u32(fdt, "reg", SENSORS_ADDRESS);
    pack_fdt_cells(fdt, "interrupts", interrupt, G_N_ELEMENTS(interrupt));
    pack_fdt_u32(fdt, "hid-descr-addr", 1);
    pack_fdt_end_node(fdt);
}

static void write_gauge(struct pack_fdt *fdt)
{
    pack_fdt_node_at(fdt, "battery", GAUGE_ADDRESS);
    pack_fdt_string(fdt, "compatible", "sbs,sbs-battery");
    pack_fdt_u32(fdt, "reg", GAUGE_ADDRESS);
    pack_fdt_end_node(fdt);
}

static void write_bus_cells(struct pack_fdt *fdt)
{
    pack_fdt_u32(fdt, "#address-cells", 1);
    pack_fdt_u32(fdt, "#size-cells", 0);
}

/* What only the controller without DMA has: SMBALERT#, which is its interrupt of this name. */
static void write_simple(struct pack_fdt *fdt, guint32 clock)
{
    static const char *const names[] = {"i2c", "smbus_alert", NULL};
    const guint32 interrupts[2 * INTERRUPT] = {SPI,      PERSONA_I2C_SPI, LEVEL_HIGH,
                                               alert[0], alert[1],        alert[2]};
    const struct pack_range reg = {PERSONA_I2C, PAGE};

    pack_fdt_node_at(fdt, "i2c", PERSONA_I2C);
    pack_fdt_string(fdt, "compatible", "snps,designware-i2c");
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupts, G_N_ELEMENTS(interrupts));
    pack_fdt_strings(fdt, "interrupt-names", names);
    pack_fdt_u32(fdt, "clocks", clock);
}

static void write_with_dma(struct pack_fdt *fdt, guint32 clock)
{
    static const char *const names[] = {"main", "dma", NULL};
    const struct pack_range reg[] = {{PERSONA_I2C_DMA, DMA_REGS},
                                     {PERSONA_I2C_DMA + DMA_REGS, DMA_REGS}};
    const guint32 interrupt[INTERRUPT] = {SPI, PERSONA_I2C_SPI, LEVEL_HIGH};
    const guint32 clocks[] = {clock, clock};

    pack_fdt_node_at(fdt, "i2c", PERSONA_I2C_DMA);
    pack_fdt_string(fdt, "compatible", "mediatek,mt8173-i2c");
    pack_fdt_reg(fdt, "reg", reg, G_N_ELEMENTS(reg));
    pack_fdt_cells(fdt, "interrupts", interrupt, G_N_ELEMENTS(interrupt));
    pack_fdt_cells(fdt, "clocks", clocks, G_N_ELEMENTS(clocks));
    pack_fdt_strings(fdt, "clock-names", names);
    pack_fdt_u32(fdt, "clock-div", 1);
    pack_fdt_empty(fdt, "dma-coherent");
}

void pack_guest_i2c(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm, guint32 clock)
{
    const struct pack_vm *config = &plan->handset->vm[vm];
    const gboolean dma = pack_guest_has_dma(plan, vm);

    if (dma) {
        write_with_dma(fdt, clock);
    } else {
        write_simple(fdt, clock);
    }
    pack_fdt_u32(fdt, "clock-frequency", I2C_HZ);
    write_bus_cells(fdt);
    if (pack_plan_has_sensors(plan) && config->sensors != PACK_VIEW_ABSENT) {
        write_sensors(fdt);
    }
    if (pack_plan_has_lights(plan, vm)) {
        pack_guest_backlight(fdt);
    }
    if (!dma && config->battery != PACK_BATTERY_ABSENT) {
        write_gauge(fdt);
    }
    pack_fdt_end_node(fdt);
}

void pack_guest_smbus(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm, guint32 phandle)
{
    const struct pack_range reg = {PERSONA_MAILBOX, PB_VIO_STRIDE};
    const guint32 channel[] = {phandle, 0};
    guint32 interrupts[CHANNELS * INTERRUPT];

    for (guint i = 0; i < G_N_ELEMENTS(interrupts); i += INTERRUPT) {
        interrupts[i] = SPI;
        interrupts[i + 1] = PERSONA_VIO_SPI + PB_VIO_MAILBOX_SLOT;
        interrupts[i + 2] = LEVEL_HIGH;
    }
    pack_fdt_node_at(fdt, "mailbox", PERSONA_MAILBOX);
    pack_fdt_string(fdt, "compatible", "apm,xgene-slimpro-mbox");
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupts, G_N_ELEMENTS(interrupts));
    pack_fdt_u32(fdt, "#mbox-cells", 1);
    pack_fdt_u32(fdt, "phandle", phandle);
    pack_fdt_end_node(fdt);
    pack_fdt_node(fdt, "smbus");
    pack_fdt_string(fdt, "compatible", "apm,xgene-slimpro-i2c");
    pack_fdt_cells(fdt, "mboxes", channel, G_N_ELEMENTS(channel));
    pack_fdt_cells(fdt, "interrupts", alert, G_N_ELEMENTS(alert));
    pack_fdt_string(fdt, "interrupt-names", "smbus_alert");
    pack_fdt_empty(fdt, "dma-coherent");
    write_bus_cells(fdt);
    if (plan->handset->vm[vm].battery != PACK_BATTERY_ABSENT) {
        write_gauge(fdt);
    }
    pack_fdt_end_node(fdt);
}
