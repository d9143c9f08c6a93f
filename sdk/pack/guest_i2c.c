/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest_i2c.h"
#include "guest_lights.h"

#define I2C_HZ          400000u
#define GAUGE_ADDRESS   0x0bu
#define SENSORS_ADDRESS 0x40u

#define SPI        0u
#define LEVEL_HIGH 4u
#define PAGE       0x1000u

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

/* SMBALERT# of the bus is its second interrupt: i2c-smbus in Linux. */
void pack_guest_i2c(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm, guint32 clock)
{
    static const guint32 interrupts[] = {SPI, PERSONA_I2C_SPI,     LEVEL_HIGH,
                                         SPI, PERSONA_I2C_SPI + 1, LEVEL_HIGH};
    static const char *const names[] = {"i2c", "smbus_alert", NULL};
    const struct pack_vm *config = &plan->handset->vm[vm];
    const struct pack_range reg = {PERSONA_I2C, PAGE};

    pack_fdt_node_at(fdt, "i2c", PERSONA_I2C);
    pack_fdt_string(fdt, "compatible", "snps,designware-i2c");
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupts, G_N_ELEMENTS(interrupts));
    pack_fdt_strings(fdt, "interrupt-names", names);
    pack_fdt_u32(fdt, "clocks", clock);
    pack_fdt_u32(fdt, "clock-frequency", I2C_HZ);
    pack_fdt_u32(fdt, "#address-cells", 1);
    pack_fdt_u32(fdt, "#size-cells", 0);
    if (pack_plan_has_sensors(plan) && config->sensors != PACK_VIEW_ABSENT) {
        write_sensors(fdt);
    }
    if (pack_plan_has_lights(plan, vm)) {
        pack_guest_backlight(fdt);
    }
    if (config->battery != PACK_BATTERY_ABSENT) {
        pack_fdt_node_at(fdt, "battery", GAUGE_ADDRESS);
        pack_fdt_string(fdt, "compatible", "sbs,sbs-battery");
        pack_fdt_u32(fdt, "reg", GAUGE_ADDRESS);
        pack_fdt_end_node(fdt);
    }
    pack_fdt_end_node(fdt);
}
