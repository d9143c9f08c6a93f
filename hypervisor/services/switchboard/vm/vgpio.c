/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgpio.h"

/* Registers: table 3-1. GPIODATA is all of 0x000 to 0x3fc: the address says which lines. */
enum {
    GPIODATA_END = 0x400,
    GPIODIR = 0x400,
    GPIOIS = 0x404,
    GPIOIBE = 0x408,
    GPIOIEV = 0x40c,
    GPIOIE = 0x410,
    GPIORIS = 0x414,
    GPIOMIS = 0x418,
    GPIOIC = 0x41c,
    GPIOID = 0xfe0, /* eight words: peripheral and PrimeCell id */
    GPIOID_END = 0x1000,
};

static const uint8_t ids[] = {0x61, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

static uint8_t levels(const struct vgpio *gpio)
{
    return (uint8_t)((gpio->out & gpio->direction) | (gpio->in & ~gpio->direction));
}

/* Lines whose interrupt goes by level are as they are now. */
static uint8_t raw(const struct vgpio *gpio)
{
    const uint8_t active = (uint8_t) ~(levels(gpio) ^ gpio->event);

    return (uint8_t)((gpio->raw & ~gpio->sense) | (active & gpio->sense));
}

void vgpio_reset(struct vgpio *gpio)
{
    *gpio = (struct vgpio){.in = gpio->in};
}

uint32_t vgpio_read(const struct vgpio *gpio, uint32_t offset)
{
    if (offset < GPIODATA_END) {
        return levels(gpio) & offset >> 2;
    }
    if (offset >= GPIOID && offset < GPIOID_END) {
        return ids[(offset - GPIOID) / 4];
    }
    switch (offset) {
    case GPIODIR:
        return gpio->direction;
    case GPIOIS:
        return gpio->sense;
    case GPIOIBE:
        return gpio->both;
    case GPIOIEV:
        return gpio->event;
    case GPIOIE:
        return gpio->enabled;
    case GPIORIS:
        return raw(gpio);
    case GPIOMIS:
        return raw(gpio) & gpio->enabled;
    default:
        return 0;
    }
}

/* Levels have changed: edges that the guest wants to see are kept. */
static void note_edges(struct vgpio *gpio, uint8_t before)
{
    const uint8_t now = levels(gpio), changed = before ^ now;
    const uint8_t wanted = (uint8_t)(gpio->both | ~(now ^ gpio->event));

    gpio->raw |= changed & wanted & ~gpio->sense;
}

static void write_register(struct vgpio *gpio, uint32_t offset, uint8_t value)
{
    switch (offset) {
    case GPIODIR:
        gpio->direction = value;
        break;
    case GPIOIS:
        gpio->sense = value;
        break;
    case GPIOIBE:
        gpio->both = value;
        break;
    case GPIOIEV:
        gpio->event = value;
        break;
    case GPIOIE:
        gpio->enabled = value;
        break;
    case GPIOIC:
        gpio->raw &= (uint8_t)~value;
        break;
    default:
        break;
    }
}

void vgpio_write(struct vgpio *gpio, uint32_t offset, uint32_t value)
{
    const uint8_t before = levels(gpio);

    if (offset < GPIODATA_END) {
        const uint8_t mask = (uint8_t)(offset >> 2);

        gpio->out = (uint8_t)((gpio->out & ~mask) | (value & mask));
    } else {
        write_register(gpio, offset, (uint8_t)value);
    }
    note_edges(gpio, before);
}

void vgpio_input(struct vgpio *gpio, unsigned line, bool high)
{
    const uint8_t before = levels(gpio), bit = (uint8_t)(1u << line);

    gpio->in = (uint8_t)(high ? gpio->in | bit : gpio->in & ~bit);
    note_edges(gpio, before);
}

uint8_t vgpio_outputs(const struct vgpio *gpio)
{
    return gpio->out & gpio->direction;
}

bool vgpio_line(const struct vgpio *gpio)
{
    return raw(gpio) & gpio->enabled;
}
