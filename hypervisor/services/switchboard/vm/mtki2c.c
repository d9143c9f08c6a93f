/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "mtki2c.h"

#define SLAVE_ADDR   0x04u
#define INTR_MASK    0x08u
#define INTR_STAT    0x0cu
#define CONTROL      0x10u
#define TRANSFER_LEN 0x14u
#define START        0x24u
#define SOFTRESET    0x50u
#define LEN_AUX      0x6cu

#define DMA_EN      (MTKI2C_DMA + 0x08u)
#define DMA_RST     (MTKI2C_DMA + 0x0cu)
#define DMA_TX_ADDR (MTKI2C_DMA + 0x1cu)
#define DMA_RX_ADDR (MTKI2C_DMA + 0x20u)
#define DMA_TX_4G   (MTKI2C_DMA + 0x54u)
#define DMA_RX_4G   (MTKI2C_DMA + 0x58u)

#define STAT_DONE    (1u << 0)
#define STAT_ACKERR  (1u << 1)
#define STAT_RESTART (1u << 4) /* a message is over, and another one follows */
#define STAT_ALL     0x1fu

#define CONTROL_DIR_CHANGE (1u << 4) /* what is read follows what is written */
#define START_NOW          (1u << 0)
#define START_FOLLOWED     (1u << 15)

#define VALUE 0xffffu

enum direction { OUT, IN };

static uint8_t *memory(const struct mtki2c *i2c, enum direction way, uint32_t length)
{
    const uint64_t address = (uint64_t)(i2c->upper[way] & 1) << 32 | i2c->address[way];

    return length <= MTKI2C_TRANSFER ? i2c->map(i2c->owner, address, length) : NULL;
}

static bool start(struct mtki2c *i2c, bool read)
{
    i2c->busy = true;
    return i2c->ops->start(i2c->owner, (uint8_t)(i2c->slave >> 1 & 0x7f), read);
}

static void stop(struct mtki2c *i2c)
{
    if (i2c->busy) {
        i2c->busy = false;
        i2c->ops->stop(i2c->owner);
    }
}

static bool write_bytes(struct mtki2c *i2c, uint32_t length)
{
    const volatile uint8_t *bytes = memory(i2c, OUT, length);

    if (!bytes || !start(i2c, false)) {
        return false;
    }
    for (uint32_t i = 0; i < length; i++) {
        if (!i2c->ops->write(i2c->owner, bytes[i])) {
            return false;
        }
    }
    return true;
}

static bool read_bytes(struct mtki2c *i2c, uint32_t length)
{
    volatile uint8_t *bytes = memory(i2c, IN, length);

    if (!bytes || !start(i2c, true)) {
        return false;
    }
    for (uint32_t i = 0; i < length; i++) {
        bytes[i] = i2c->ops->read(i2c->owner);
    }
    return true;
}

static bool transfer(struct mtki2c *i2c)
{
    if (i2c->control & CONTROL_DIR_CHANGE) {
        return write_bytes(i2c, i2c->length) && read_bytes(i2c, i2c->length_back);
    }
    return i2c->slave & 1 ? read_bytes(i2c, i2c->length) : write_bytes(i2c, i2c->length);
}

static void begin(struct mtki2c *i2c, uint32_t value)
{
    const bool followed = value & START_FOLLOWED;

    if (!(value & START_NOW) || !i2c->dma) {
        return;
    }
    i2c->dma = false;
    if (!transfer(i2c)) {
        stop(i2c);
        i2c->status |= STAT_ACKERR | STAT_DONE;
    } else if (followed) {
        i2c->status |= STAT_RESTART;
    } else {
        stop(i2c);
        i2c->status |= STAT_DONE;
    }
}

/* Registers that are only kept; NULL: not one of those. */
static uint32_t *kept(struct mtki2c *i2c, uint32_t offset)
{
    switch (offset) {
    case SLAVE_ADDR:
        return &i2c->slave;
    case INTR_MASK:
        return &i2c->mask;
    case CONTROL:
        return &i2c->control;
    case TRANSFER_LEN:
        return &i2c->length;
    case LEN_AUX:
        return &i2c->length_back;
    case DMA_TX_ADDR:
        return &i2c->address[OUT];
    case DMA_RX_ADDR:
        return &i2c->address[IN];
    case DMA_TX_4G:
        return &i2c->upper[OUT];
    case DMA_RX_4G:
        return &i2c->upper[IN];
    default:
        return NULL;
    }
}

uint32_t mtki2c_read(struct mtki2c *i2c, uint32_t offset)
{
    const uint32_t *value = kept(i2c, offset);

    if (value) {
        return *value;
    }
    switch (offset) {
    case INTR_STAT:
        return i2c->status;
    case DMA_EN:
        return i2c->dma;
    default: /* timings, which have no effect, and what is not there */
        return 0;
    }
}

void mtki2c_write(struct mtki2c *i2c, uint32_t offset, uint32_t value)
{
    uint32_t *to = kept(i2c, offset);

    if (to) {
        *to = offset < MTKI2C_DMA ? value & VALUE : value;
        return;
    }
    switch (offset) {
    case INTR_STAT:
        i2c->status &= ~value;
        break;
    case START:
        begin(i2c, value);
        break;
    case SOFTRESET:
        stop(i2c);
        i2c->status = 0;
        break;
    case DMA_EN:
        i2c->dma = value & 1;
        break;
    case DMA_RST:
        i2c->dma = false;
        break;
    default:
        break;
    }
}

bool mtki2c_line(const struct mtki2c *i2c)
{
    return i2c->status & i2c->mask & STAT_ALL;
}

void mtki2c_reset(struct mtki2c *i2c)
{
    stop(i2c);
    *i2c = (struct mtki2c){.ops = i2c->ops, .owner = i2c->owner, .map = i2c->map};
}
