/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A board's parts: a function for each kind, docs/board/. */
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
#include "exec/address-spaces.h"
#include "net/net.h"
#include "system/block-backend.h"
#include "system/blockdev.h"
#include "system/system.h"
#include "board_parts.h"

/*
 * SD Host Controller Standard 2.00, 2.2.23: 64-bit system bus, 1.8 V and 3.3 V, SDMA, high speed,
 * ADMA2, blocks of 512 bytes, base and timeout clock 50 MHz; from 3.00: 8-bit bus (bit 18). Not
 * 3.00 as a whole, because QEMU's controller does not send the CMD23 that drivers then leave to it.
 */
#define SDHCI_VERSION      2
#define SDHCI_CAPABILITIES 0x156c32b2

/* A board while its parts are made. */
typedef struct Making {
    const struct board *board;
    DeviceState *gic;
    uint64_t splash;
    DeviceState *firewall; /* NULL: there is none */
    DeviceState *keys;
    DeviceState *lights;
    DeviceState **made; /* by part; NULL: not yet, or no device */
    unsigned uarts, mmcs, lines, lit;
} Making;

const struct board_part *board_part(const struct board *board, enum board_kind kind)
{
    for (unsigned i = 0; i < board->parts; i++) {
        if (board->part[i].kind == kind) {
            return &board->part[i];
        }
    }
    g_assert_not_reached();
}

static qemu_irq spi(const Making *m, const struct board_part *part)
{
    return qdev_get_gpio_in(m->gic, part->spi);
}

/* The device that @part is connected to; it stands before it in the description. */
static DeviceState *on(const Making *m, const struct board_part *part)
{
    for (unsigned i = 0; i < m->board->parts; i++) {
        if (strcmp(m->board->part[i].name, part->on) == 0) {
            return m->made[i];
        }
    }
    g_assert_not_reached();
}

/* Realizes @dev, which has one page of registers and one interrupt. */
static DeviceState *place(const Making *m, const struct board_part *part, DeviceState *dev)
{
    sysbus_realize_and_unref(SYS_BUS_DEVICE(dev), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(dev), 0, part->address);
    sysbus_connect_irq(SYS_BUS_DEVICE(dev), 0, spi(m, part));
    return dev;
}

/* @dev, not realized yet, does its DMA as @part's master. */
static void put_behind(const Making *m, const struct board_part *part, DeviceState *dev)
{
    MemoryRegion *memory =
        m->firewall ? dma_firewall_master(m->firewall, part->master) : get_system_memory();

    object_property_set_link(OBJECT(dev), "dma", OBJECT(memory), &error_abort);
}

static DeviceState *create_uart(Making *m, const struct board_part *part)
{
    return pl011_create(part->address, spi(m, part), serial_hd(m->uarts++));
}

static DeviceState *create_rtc(Making *m, const struct board_part *part)
{
    return place(m, part, qdev_new(TYPE_PL031));
}

/* Pull-downs, because buttons connect to the supply when pressed. */
static DeviceState *create_gpio(Making *m, const struct board_part *part)
{
    DeviceState *gpio = qdev_new("pl061");

    qdev_prop_set_uint32(gpio, "pullups", 0);
    qdev_prop_set_uint32(gpio, "pulldowns", 0xff);
    return place(m, part, gpio);
}

/* One page of registers, no interrupt. */
static DeviceState *place_silent(const struct board_part *part, DeviceState *dev)
{
    sysbus_realize_and_unref(SYS_BUS_DEVICE(dev), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(dev), 0, part->address);
    return dev;
}

static DeviceState *create_trng(Making *m, const struct board_part *part)
{
    return place_silent(part, qdev_new(TYPE_TRNG));
}

static DeviceState *create_fuses(Making *m, const struct board_part *part)
{
    return place_silent(part, qdev_new(TYPE_FUSES));
}

static DeviceState *create_store(Making *m, const struct board_part *part)
{
    return place_silent(part, qdev_new(TYPE_SECURE_STORE));
}

static DeviceState *create_watchdog(Making *m, const struct board_part *part)
{
    DeviceState *watchdog = qdev_new(TYPE_WATCHDOG_SP805);
    Clock *clock = clock_new(qdev_get_machine(), "peripheral-clock");

    clock_set_hz(clock, m->board->clock);
    qdev_connect_clock_in(watchdog, "WDOGCLK", clock);
    return place(m, part, watchdog);
}

static DeviceState *create_i2c(Making *m, const struct board_part *part)
{
    return place(m, part, qdev_new(TYPE_IMX_I2C));
}

static DeviceState *create_touch(Making *m, const struct board_part *part)
{
    I2CSlave *touch = i2c_slave_new(TYPE_TOUCH_FT5X06, part->address);

    qdev_prop_set_uint32(DEVICE(touch), "width", m->board->width);
    qdev_prop_set_uint32(DEVICE(touch), "height", m->board->height);
    i2c_slave_realize_and_unref(touch, IMX_I2C(on(m, part))->bus, &error_fatal);
    qdev_connect_gpio_out_named(DEVICE(touch), "int", 0, spi(m, part));
    return DEVICE(touch);
}

/* The first part of that kind that has been made; NULL: none. */
static DeviceState *first_made(const Making *m, enum board_kind kind)
{
    for (unsigned i = 0; i < m->board->parts; i++) {
        if (m->board->part[i].kind == kind && m->made[i]) {
            return m->made[i];
        }
    }
    return NULL;
}

/* The host finds it as /machine/battery. */
static DeviceState *create_gauge(Making *m, const struct board_part *part)
{
    I2CSlave *gauge = i2c_slave_new(TYPE_GAUGE_SBS, part->address);

    object_property_add_child(qdev_get_machine(), "battery", OBJECT(gauge));
    object_property_set_link(OBJECT(gauge), "display", OBJECT(first_made(m, BOARD_DISPLAY)),
                             &error_abort);
    i2c_slave_realize_and_unref(gauge, IMX_I2C(on(m, part))->bus, &error_fatal);
    qdev_connect_gpio_out_named(DEVICE(gauge), "alert", 0, spi(m, part));
    return DEVICE(gauge);
}

/* The host finds it as /machine/sensors. */
static DeviceState *create_sensors(Making *m, const struct board_part *part)
{
    I2CSlave *sensors = i2c_slave_new(TYPE_SENSOR_HUB, part->address);

    object_property_add_child(qdev_get_machine(), "sensors", OBJECT(sensors));
    i2c_slave_realize_and_unref(sensors, IMX_I2C(on(m, part))->bus, &error_fatal);
    qdev_connect_gpio_out_named(DEVICE(sensors), "int", 0, spi(m, part));
    return DEVICE(sensors);
}

/* A UART with the receiver at its other end, which the host finds as /machine/gnss. */
static DeviceState *create_gnss(Making *m, const struct board_part *part)
{
    DeviceState *receiver = qdev_new(TYPE_GNSS);

    object_property_add_child(qdev_get_machine(), "gnss", OBJECT(receiver));
    qdev_realize_and_unref(receiver, NULL, &error_fatal);
    pl011_create(part->address, spi(m, part), gnss_line(receiver));
    return receiver;
}

/* A line of the GPIO gives the receiver its power. */
static DeviceState *create_gnss_power(Making *m, const struct board_part *part)
{
    qdev_connect_gpio_out(on(m, part), part->address,
                          qdev_get_gpio_in_named(first_made(m, BOARD_GNSS), "power", 0));
    return NULL;
}

/* The host finds it as /machine/sound. */
static DeviceState *create_sound(Making *m, const struct board_part *part)
{
    DeviceState *sound = qdev_new(TYPE_LPAIF);

    object_property_add_child(qdev_get_machine(), "sound", OBJECT(sound));
    put_behind(m, part, sound);
    return place(m, part, sound);
}

/* The host finds it as /machine/camera. */
static DeviceState *create_camera(Making *m, const struct board_part *part)
{
    DeviceState *camera = qdev_new(TYPE_CAMERA);

    object_property_add_child(qdev_get_machine(), "camera", OBJECT(camera));
    put_behind(m, part, camera);
    return place(m, part, camera);
}

/* A line of the GPIO: 1 while a headset is plugged in. */
static DeviceState *create_headset(Making *m, const struct board_part *part)
{
    qdev_connect_gpio_out_named(first_made(m, BOARD_SOUND), "headset", 0,
                                qdev_get_gpio_in(on(m, part), part->address));
    return NULL;
}

/* Another, which the driver sets: the speaker's amplifier is on. */
static DeviceState *create_amplifier(Making *m, const struct board_part *part)
{
    qdev_connect_gpio_out(on(m, part), part->address,
                          qdev_get_gpio_in_named(first_made(m, BOARD_SOUND), "amplifier", 0));
    return NULL;
}

/* A line of the GPIO: 1 while a charger is plugged in. */
static DeviceState *create_charger(Making *m, const struct board_part *part)
{
    qdev_connect_gpio_out_named(first_made(m, BOARD_GAUGE), "charger", 0,
                                qdev_get_gpio_in(on(m, part), part->address));
    return NULL;
}

static DeviceState *create_firewall(Making *m, const struct board_part *part)
{
    DeviceState *firewall = qdev_new(TYPE_DMA_FIREWALL);
    uint32_t masters = 0, readers = 0;

    for (unsigned i = 0; i < m->board->parts; i++) {
        const struct board_part *other = &m->board->part[i];

        if (other->master >= 0) {
            masters = MAX(masters, other->master + 1);
            readers |= other->does == 1 ? BIT(other->master) : 0;
        }
    }
    qdev_prop_set_uint32(firewall, "masters", masters);
    qdev_prop_set_uint32(firewall, "readers", readers);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(firewall), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(firewall), 0, part->address);
    return firewall;
}

/* The firewall's other page, and its interrupt. */
static DeviceState *create_report(Making *m, const struct board_part *part)
{
    sysbus_mmio_map(SYS_BUS_DEVICE(m->firewall), 1, part->address);
    sysbus_connect_irq(SYS_BUS_DEVICE(m->firewall), 0, spi(m, part));
    return NULL;
}

static DeviceState *create_display(Making *m, const struct board_part *part)
{
    DeviceState *display = qdev_new(TYPE_DISPLAY_ENGINE);

    qdev_prop_set_uint32(display, "width", m->board->width);
    qdev_prop_set_uint32(display, "height", m->board->height);
    qdev_prop_set_uint64(display, "boot-address", m->splash);
    put_behind(m, part, display);
    place(m, part, display);
    if (m->firewall) {
        qdev_connect_gpio_out_named(m->firewall, "changed", 0,
                                    qdev_get_gpio_in_named(display, "memory-changed", 0));
    }
    return display;
}

/* An eMMC is soldered to the board: without a drive the place is empty. */
static DeviceState *create_mmc(Making *m, const struct board_part *part)
{
    DeviceState *sdhci = qdev_new(TYPE_SYSBUS_SDHCI);
    DriveInfo *drive = drive_get(IF_SD, 0, m->mmcs++);

    qdev_prop_set_uint8(sdhci, "sd-spec-version", SDHCI_VERSION);
    qdev_prop_set_uint64(sdhci, "capareg", SDHCI_CAPABILITIES);
    put_behind(m, part, sdhci);
    place(m, part, sdhci);
    if (drive) {
        qdev_realize_and_unref(board_new_emmc(blk_by_legacy_dinfo(drive)),
                               qdev_get_child_bus(sdhci, "sd-bus"), &error_fatal);
    }
    return sdhci;
}

static DeviceState *create_ethernet(Making *m, const struct board_part *part)
{
    DeviceState *gem = qdev_new(TYPE_CADENCE_GEM);

    if (!board_connect_uplink(gem)) {
        qemu_configure_nic_device(gem, true, NULL);
    }
    put_behind(m, part, gem);
    return place(m, part, gem);
}

/* Keys are lines of one device, in the order of the description: power, volume up, volume down. */
static DeviceState *create_key(Making *m, const struct board_part *part)
{
    if (!m->keys) {
        m->keys = qdev_new(TYPE_KEYS);
        object_property_add_child(qdev_get_machine(), "keys", OBJECT(m->keys));
        qdev_realize_and_unref(m->keys, NULL, &error_fatal);
    }
    qdev_connect_gpio_out(m->keys, m->lines++, qdev_get_gpio_in(on(m, part), part->address));
    return NULL;
}

/* The host finds them as /machine/lights. */
static DeviceState *lights(Making *m)
{
    if (!m->lights) {
        m->lights = qdev_new(TYPE_LIGHTS);
        object_property_add_child(qdev_get_machine(), "lights", OBJECT(m->lights));
        qdev_realize_and_unref(m->lights, NULL, &error_fatal);
    }
    return m->lights;
}

/* In the order of the description: red, green, blue, torch, vibrator. */
static DeviceState *create_light(Making *m, const struct board_part *part)
{
    qdev_connect_gpio_out(on(m, part), part->address,
                          qdev_get_gpio_in_named(lights(m), "light", m->lit++));
    return NULL;
}

static DeviceState *create_switch(Making *m, const struct board_part *part)
{
    qdev_connect_gpio_out_named(lights(m), "switch", 0,
                                qdev_get_gpio_in(on(m, part), part->address));
    return NULL;
}

static DeviceState *create_backlight(Making *m, const struct board_part *part)
{
    I2CSlave *backlight = i2c_slave_new(TYPE_BACKLIGHT_LP8556, part->address);

    object_property_set_link(OBJECT(backlight), "display", OBJECT(first_made(m, BOARD_DISPLAY)),
                             &error_abort);
    i2c_slave_realize_and_unref(backlight, IMX_I2C(on(m, part))->bus, &error_fatal);
    return DEVICE(backlight);
}

/* NULL: not a part outside the processor cluster. */
static DeviceState *(*const create[])(Making *m, const struct board_part *part) = {
    [BOARD_UART] = create_uart,
    [BOARD_RTC] = create_rtc,
    [BOARD_GPIO] = create_gpio,
    [BOARD_WATCHDOG] = create_watchdog,
    [BOARD_I2C] = create_i2c,
    [BOARD_TOUCH] = create_touch,
    [BOARD_DISPLAY] = create_display,
    [BOARD_MMC] = create_mmc,
    [BOARD_ETHERNET] = create_ethernet,
    [BOARD_FIREWALL] = create_firewall,
    [BOARD_REPORT] = create_report,
    [BOARD_KEY] = create_key,
    [BOARD_GAUGE] = create_gauge,
    [BOARD_CHARGER] = create_charger,
    [BOARD_SENSORS] = create_sensors,
    [BOARD_GNSS] = create_gnss,
    [BOARD_GNSSPOWER] = create_gnss_power,
    [BOARD_SOUND] = create_sound,
    [BOARD_HEADSET] = create_headset,
    [BOARD_AMPLIFIER] = create_amplifier,
    [BOARD_CAMERA] = create_camera,
    [BOARD_TRNG] = create_trng,
    [BOARD_FUSES] = create_fuses,
    [BOARD_STORE] = create_store,
    [BOARD_LED] = create_light,
    [BOARD_VIBRATOR] = create_light,
    [BOARD_SWITCH] = create_switch,
    [BOARD_BACKLIGHT] = create_backlight,
};

static void create_all(Making *m, bool firewall)
{
    for (unsigned i = 0; i < m->board->parts; i++) {
        const struct board_part *part = &m->board->part[i];

        if (part->kind < ARRAY_SIZE(create) && create[part->kind] &&
            (part->kind == BOARD_FIREWALL) == firewall) {
            m->made[i] = create[part->kind](m, part);
            m->firewall = firewall ? m->made[i] : m->firewall;
        }
    }
}

void board_create_parts(const struct board *board, DeviceState *gic, uint64_t splash)
{
    g_autofree DeviceState **made = g_new0(DeviceState *, board->parts);
    Making m = {.board = board, .gic = gic, .splash = splash, .made = made};

    create_all(&m, true); /* the others do their DMA through it */
    create_all(&m, false);
}
