/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: the input is a hostile guest's accesses to its I2C and SMBus controllers,
 * gauge, sensor hub and backlight, and to its GPIO. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vm/dwi2c.h"
#include "vm/mtki2c.h"
#include "vm/slimpro.h"
#include "vm/vbacklight.h"
#include "vm/vgauge.h"
#include "vm/vgpio.h"
#include "vm/vhub.h"

#define ACCESS 4u /* bytes of the input: offset and kind, register or command */

static struct vgauge gauge;
static struct vhub hub;
static struct vbacklight backlight;
static struct vgpio gpio;
static struct dwi2c i2c;
static bool open;
static uint8_t who;

static bool start(void *owner, uint8_t address, bool read)
{
    (void)owner;
    open = true;
    who = address;
    if (address == VGAUGE_ADDRESS) {
        vgauge_start(&gauge, read);
    } else if (address == VHUB_ADDRESS) {
        vhub_start(&hub, read);
    } else if (address == VBACKLIGHT_ADDRESS) {
        vbacklight_start(&backlight, read);
    }
    return address == VGAUGE_ADDRESS || address == VHUB_ADDRESS || address == VBACKLIGHT_ADDRESS;
}

static bool write(void *owner, uint8_t byte)
{
    (void)owner;
    if (!open) {
        abort();
    }
    if (who == VBACKLIGHT_ADDRESS) {
        return vbacklight_write(&backlight, byte);
    }
    return who == VHUB_ADDRESS ? vhub_write(&hub, byte) : vgauge_write(&gauge, byte);
}

static uint8_t read(void *owner)
{
    (void)owner;
    if (!open) {
        abort();
    }
    if (who == VBACKLIGHT_ADDRESS) {
        return vbacklight_read(&backlight);
    }
    return who == VHUB_ADDRESS ? vhub_read(&hub) : vgauge_read(&gauge);
}

static void stop(void *owner)
{
    (void)owner;
    if (!open) {
        abort();
    }
    open = false;
    if (who == VHUB_ADDRESS) {
        vhub_stop(&hub);
    }
}

static const struct i2c_bus_ops ops = {start, write, read, stop};

/* Memory for a block, at any address; some addresses are not memory. */
static void *map(void *owner, uint64_t address, uint64_t bytes)
{
    static uint8_t memory[MTKI2C_TRANSFER];

    (void)owner;
    if (bytes > sizeof(memory)) {
        abort();
    }
    return address % 5 ? memory + sizeof(memory) - bytes : NULL;
}

/* A transfer with DMA: which one is the input's. It may stay open, until another one follows. */
static void transfer(const uint8_t *at)
{
    static struct mtki2c with_dma = {.ops = &ops, .owner = &gauge, .map = map};

    if (i2c.busy) {
        return;
    }
    mtki2c_write(&with_dma, 0x04, at[0]);
    mtki2c_write(&with_dma, 0x10, at[2]);
    mtki2c_write(&with_dma, 0x14, at[3] * 33u);
    mtki2c_write(&with_dma, 0x6c, at[3]);
    mtki2c_write(&with_dma, MTKI2C_DMA + 0x1c, at[2]);
    mtki2c_write(&with_dma, MTKI2C_DMA + 0x20, at[3]);
    mtki2c_write(&with_dma, at[1] % 128 * 4u, at[2]);
    mtki2c_write(&with_dma, MTKI2C_DMA + 0x08, 1);
    mtki2c_write(&with_dma, 0x24, 1u | (at[1] & 8u) << 12);
    mtki2c_line(&with_dma);
    mtki2c_read(&with_dma, at[0]);
    if (with_dma.busy != open) {
        abort();
    }
    mtki2c_reset(&with_dma);
}

/* A message of the mailbox: what it asks for is the input's, but for the kind. */
static void send_message(const uint8_t *at)
{
    static uint32_t regs[SLIMPRO_WORDS];
    static struct slimpro mailbox = {.ops = &ops, .owner = &gauge, .map = map, .regs = regs};

    if (i2c.busy) {
        return; /* two controllers of one bus: the guests' have one each */
    }
    slimpro_write(&mailbox, 0x14, (uint32_t)at[0] << 24 | at[2]);
    slimpro_write(&mailbox, 0x18, at[3]);
    slimpro_write(&mailbox, 0x10, (uint32_t)at[1] << 20 | (uint32_t)at[2] << 8 | at[3]);
    slimpro_write(&mailbox, 0x24, at[3]);
    slimpro_line(&mailbox);
    slimpro_write(&mailbox, at[1], at[2]);
    if (open) {
        abort();
    }
}

static void access_gpio(const uint8_t *at)
{
    const uint32_t offset = at[0] | (at[1] >> 4) << 8;

    if (at[1] & 1) {
        vgpio_write(&gpio, offset, at[2]);
    } else if (vgpio_read(&gpio, offset) > UINT8_MAX) {
        abort();
    }
    vgpio_input(&gpio, at[3] % 8, at[3] >> 7);
    vgpio_line(&gpio);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sbs_values values;
    static struct hid_hub board = {.tree_len = HID_TREE_MAX,
                                   .input[1] = {HID_REPORT_MAX, {1, 1, 4}},
                                   .feature[1] = {9, {1, 0, 0}}};
    const size_t head = size < sizeof(values.word) ? size : sizeof(values.word);

    memcpy(values.word, data, head);
    values.text_len[0] = SBS_TEXT;
    open = false;
    gauge.values = &values;
    vgauge_reset(&gauge);
    hub.hub = &board;
    vhub_reset(&hub);
    vbacklight_reset(&backlight);
    vgpio_reset(&gpio);
    i2c = (struct dwi2c){.ops = &ops, .owner = &gauge};
    for (const uint8_t *at = data; size >= ACCESS; at += ACCESS, size -= ACCESS) {
        const uint32_t offset = (at[0] | (at[1] & 1u) << 8) & ~3u;

        if (at[1] & 4) {
            access_gpio(at);
        } else if (at[1] & 64) {
            send_message(at);
        } else if (at[1] & 32) {
            transfer(at);
        } else if (at[1] & 2) {
            dwi2c_read(&i2c, offset);
        } else {
            dwi2c_write(&i2c, offset, at[2] | (uint32_t)at[3] << 8);
        }
        dwi2c_line(&i2c);
        vhub_line(&hub);
        if (i2c.count > DWI2C_FIFO || i2c.first >= DWI2C_FIFO || i2c.busy != open ||
            hub.at > hub.count || hub.write_count > VHUB_WRITE) {
            abort();
        }
    }
    return 0;
}
