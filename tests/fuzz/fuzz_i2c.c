/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: the input is a hostile guest's accesses to its I2C controller and the gauge. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vm/dwi2c.h"
#include "vm/vgauge.h"

#define ACCESS 4u /* bytes of the input: offset and kind, register or command */

static struct vgauge gauge;
static struct dwi2c i2c;
static bool open;

static bool start(void *owner, uint8_t address, bool read)
{
    open = true;
    if (address != VGAUGE_ADDRESS) {
        return false;
    }
    vgauge_start(owner, read);
    return true;
}

static bool write(void *owner, uint8_t byte)
{
    return open ? vgauge_write(owner, byte) : (abort(), false);
}

static uint8_t read(void *owner)
{
    return open ? vgauge_read(owner) : (abort(), 0);
}

static void stop(void *owner)
{
    (void)owner;
    if (!open) {
        abort();
    }
    open = false;
}

static const struct i2c_bus_ops ops = {start, write, read, stop};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sbs_values values;
    const size_t head = size < sizeof(values.word) ? size : sizeof(values.word);

    memcpy(values.word, data, head);
    values.text_len[0] = SBS_TEXT;
    open = false;
    gauge.values = &values;
    vgauge_reset(&gauge);
    i2c = (struct dwi2c){.ops = &ops, .owner = &gauge};
    for (const uint8_t *at = data; size >= ACCESS; at += ACCESS, size -= ACCESS) {
        const uint32_t offset = (at[0] | (at[1] & 1u) << 8) & ~3u;

        if (at[1] & 2) {
            dwi2c_read(&i2c, offset);
        } else {
            dwi2c_write(&i2c, offset, at[2] | (uint32_t)at[3] << 8);
        }
        dwi2c_line(&i2c);
        if (i2c.count > DWI2C_FIFO || i2c.first >= DWI2C_FIFO || i2c.busy != open) {
            abort();
        }
    }
    return 0;
}
