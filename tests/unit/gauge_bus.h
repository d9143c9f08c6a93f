/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* For tests of a guest's bus controllers that use memory: a bus with a gauge alone, and memory. */
#ifndef GAUGE_BUS_H
#define GAUGE_BUS_H

#include <string.h>

#include "vm/i2cslave.h"
#include "vm/vgauge.h"

#define GAUGE_BUS_RAM 0x140001000ull /* the guest's address of ram */

static struct vgauge gauge;
static struct sbs_values values;
static uint8_t ram[8192];
static unsigned starts, stops;

static bool bus_start(void *owner, uint8_t address, bool read)
{
    starts++;
    if (address != VGAUGE_ADDRESS) {
        return false;
    }
    vgauge_start(owner, read);
    return true;
}

static bool bus_write(void *owner, uint8_t byte)
{
    return vgauge_write(owner, byte);
}

static uint8_t bus_read(void *owner)
{
    return vgauge_read(owner);
}

static void bus_stop(void *owner)
{
    (void)owner;
    stops++;
}

static void *bus_map(void *owner, uint64_t address, uint64_t bytes)
{
    const uint64_t offset = address - GAUGE_BUS_RAM;

    (void)owner;
    return offset <= sizeof(ram) && bytes <= sizeof(ram) - offset ? ram + offset : NULL;
}

static const struct i2c_bus_ops bus_ops = {bus_start, bus_write, bus_read, bus_stop};

/* The gauge as after power-on, at 42 percent; nothing has happened on the bus. */
static void bus_fresh(void)
{
    memset(&values, 0, sizeof(values));
    values.word[SBS_LEVEL] = 42;
    memcpy(values.text[0], "Phonebooth", 10);
    values.text_len[0] = 10;
    gauge.values = &values;
    vgauge_reset(&gauge);
    memset(ram, 0xee, sizeof(ram));
    starts = stops = 0;
}

#endif
