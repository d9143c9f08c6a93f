/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Board "one": its parts, docs/board/one.md. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "hw/char/pl011.h"
#include "hw/i2c/i2c.h"
#include "hw/i2c/imx_i2c.h"
#include "hw/net/cadence_gem.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/rtc/pl031.h"
#include "hw/sd/sd.h"
#include "hw/sd/sdhci.h"
#include "hw/sysbus.h"
#include "net/net.h"
#include "system/block-backend.h"
#include "system/blockdev.h"
#include "system/system.h"
#include "one.h"
#include "one_parts.h"

/*
 * SD Host Controller Standard 2.00, 2.2.23: 64-bit system bus, 1.8 V and 3.3 V, SDMA, high speed,
 * ADMA2, blocks of 512 bytes, base and timeout clock 50 MHz; from 3.00: 8-bit bus (bit 18). Not
 * 3.00 as a whole, because QEMU's controller does not send the CMD23 that drivers then leave to it.
 */
#define SDHCI_VERSION      2
#define SDHCI_CAPABILITIES 0x156c32b2

static qemu_irq spi(DeviceState *gic, int n)
{
    return qdev_get_gpio_in(gic, n);
}

static void create_uarts(DeviceState *gic)
{
    for (int i = 0; i < ONE_UARTS; i++) {
        pl011_create(ONE_UART_BASE + i * ONE_SLOT, spi(gic, ONE_UART_SPI + i), serial_hd(i));
    }
}

/* Buttons on lines 0 to 2; pull-downs, because they connect to the supply when pressed. */
static void create_gpio(DeviceState *gic)
{
    DeviceState *gpio = qdev_new("pl061");
    DeviceState *keys = qdev_new(TYPE_KEYS);

    qdev_prop_set_uint32(gpio, "pullups", 0);
    qdev_prop_set_uint32(gpio, "pulldowns", 0xff);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(gpio), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(gpio), 0, ONE_GPIO_BASE);
    sysbus_connect_irq(SYS_BUS_DEVICE(gpio), 0, spi(gic, ONE_GPIO_SPI));

    object_property_add_child(qdev_get_machine(), "keys", OBJECT(keys));
    qdev_realize_and_unref(keys, NULL, &error_fatal);
    for (int i = 0; i < ONE_KEYS; i++) {
        qdev_connect_gpio_out(keys, i, qdev_get_gpio_in(gpio, i));
    }
}

static void create_watchdog(DeviceState *gic)
{
    DeviceState *watchdog = qdev_new(TYPE_WATCHDOG_SP805);
    Clock *clock = clock_new(qdev_get_machine(), "peripheral-clock");

    clock_set_hz(clock, ONE_CLOCK_HZ);
    qdev_connect_clock_in(watchdog, "WDOGCLK", clock);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(watchdog), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(watchdog), 0, ONE_WATCHDOG_BASE);
    sysbus_connect_irq(SYS_BUS_DEVICE(watchdog), 0, spi(gic, ONE_WATCHDOG_SPI));
}

static void create_i2c(DeviceState *gic)
{
    I2CBus *bus[ONE_I2C_BUSES];
    I2CSlave *touch;

    for (int i = 0; i < ONE_I2C_BUSES; i++) {
        DeviceState *i2c = sysbus_create_simple(TYPE_IMX_I2C, ONE_I2C_BASE + i * ONE_SLOT,
                                                spi(gic, ONE_I2C_SPI + i));

        bus[i] = IMX_I2C(i2c)->bus;
    }
    touch = i2c_slave_create_simple(bus[0], TYPE_TOUCH_FT5X06, ONE_TOUCH_ADDRESS);
    qdev_connect_gpio_out_named(DEVICE(touch), "int", 0, spi(gic, ONE_TOUCH_SPI));
}

static DeviceState *create_firewall(DeviceState *gic)
{
    DeviceState *firewall = qdev_new(TYPE_DMA_FIREWALL);

    sysbus_realize_and_unref(SYS_BUS_DEVICE(firewall), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(firewall), 0, ONE_FIREWALL_BASE);
    sysbus_mmio_map(SYS_BUS_DEVICE(firewall), 1, ONE_FIREWALL_BASE + ONE_SLOT);
    sysbus_connect_irq(SYS_BUS_DEVICE(firewall), 0, spi(gic, ONE_FIREWALL_SPI));
    return firewall;
}

/* @dev, not realized yet, does its DMA as @master. */
static void put_behind(DeviceState *firewall, unsigned master, DeviceState *dev)
{
    object_property_set_link(OBJECT(dev), "dma", OBJECT(dma_firewall_master(firewall, master)),
                             &error_abort);
}

static void create_display(DeviceState *gic, DeviceState *firewall, uint64_t splash)
{
    DeviceState *display = qdev_new(TYPE_DISPLAY_ENGINE);

    qdev_prop_set_uint64(display, "boot-address", splash);
    put_behind(firewall, ONE_MASTER_DISPLAY, display);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(display), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(display), 0, ONE_DISPLAY_BASE);
    sysbus_connect_irq(SYS_BUS_DEVICE(display), 0, spi(gic, ONE_DISPLAY_SPI));
    qdev_connect_gpio_out_named(firewall, "changed", 0,
                                qdev_get_gpio_in_named(display, "memory-changed", 0));
}

/* An eMMC is soldered to the board: without a drive the place is empty. */
static void create_emmc(DeviceState *sdhci, DriveInfo *drive)
{
    if (drive) {
        qdev_realize_and_unref(one_new_emmc(blk_by_legacy_dinfo(drive)),
                               qdev_get_child_bus(sdhci, "sd-bus"), &error_fatal);
    }
}

static void create_sdhcis(DeviceState *gic, DeviceState *firewall)
{
    for (int i = 0; i < ONE_SDHCIS; i++) {
        DeviceState *sdhci = qdev_new(TYPE_SYSBUS_SDHCI);

        qdev_prop_set_uint8(sdhci, "sd-spec-version", SDHCI_VERSION);
        qdev_prop_set_uint64(sdhci, "capareg", SDHCI_CAPABILITIES);
        put_behind(firewall, ONE_MASTER_SDHCI + i, sdhci);
        sysbus_realize_and_unref(SYS_BUS_DEVICE(sdhci), &error_fatal);
        sysbus_mmio_map(SYS_BUS_DEVICE(sdhci), 0, ONE_SDHCI_BASE + i * ONE_SLOT);
        sysbus_connect_irq(SYS_BUS_DEVICE(sdhci), 0, spi(gic, ONE_SDHCI_SPI + i));
        create_emmc(sdhci, drive_get(IF_SD, 0, i));
    }
}

static void create_gem(DeviceState *gic, DeviceState *firewall)
{
    DeviceState *gem = qdev_new(TYPE_CADENCE_GEM);

    qemu_configure_nic_device(gem, true, NULL);
    put_behind(firewall, ONE_MASTER_GEM, gem);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(gem), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(gem), 0, ONE_GEM_BASE);
    sysbus_connect_irq(SYS_BUS_DEVICE(gem), 0, spi(gic, ONE_GEM_SPI));
}

void one_create_parts(DeviceState *gic, uint64_t splash)
{
    DeviceState *firewall = create_firewall(gic);

    create_uarts(gic);
    sysbus_create_simple(TYPE_PL031, ONE_RTC_BASE, spi(gic, ONE_RTC_SPI));
    create_gpio(gic);
    create_watchdog(gic);
    create_i2c(gic);
    create_display(gic, firewall, splash);
    create_sdhcis(gic, firewall);
    create_gem(gic, firewall);
}
