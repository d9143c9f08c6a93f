/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "dwi2c.h"

#include <stddef.h>

#define IC_CON             0x00u
#define IC_TAR             0x04u
#define IC_SAR             0x08u
#define IC_DATA_CMD        0x10u
#define IC_SS_SCL_HCNT     0x14u
#define IC_HS_SCL_LCNT     0x28u
#define IC_INTR_STAT       0x2cu
#define IC_INTR_MASK       0x30u
#define IC_RAW_INTR_STAT   0x34u
#define IC_RX_TL           0x38u
#define IC_TX_TL           0x3cu
#define IC_CLR_INTR        0x40u
#define IC_CLR_TX_ABRT     0x54u
#define IC_ENABLE          0x6cu
#define IC_STATUS          0x70u
#define IC_RXFLR           0x78u
#define IC_SDA_HOLD        0x7cu
#define IC_TX_ABRT_SOURCE  0x80u
#define IC_ENABLE_STATUS   0x9cu
#define IC_FS_SPKLEN       0xa0u
#define IC_CLR_RESTART_DET 0xa8u
#define IC_COMP_PARAM_1    0xf4u
#define IC_COMP_VERSION    0xf8u
#define IC_COMP_TYPE       0xfcu

#define CMD_READ    (1u << 8)
#define CMD_STOP    (1u << 9)
#define CMD_RESTART (1u << 10)

#define INTR_RX_UNDER    (1u << 0)
#define INTR_RX_OVER     (1u << 1)
#define INTR_RX_FULL     (1u << 2)
#define INTR_TX_OVER     (1u << 3)
#define INTR_TX_EMPTY    (1u << 4)
#define INTR_RD_REQ      (1u << 5)
#define INTR_TX_ABRT     (1u << 6)
#define INTR_RX_DONE     (1u << 7)
#define INTR_ACTIVITY    (1u << 8)
#define INTR_STOP_DET    (1u << 9)
#define INTR_START_DET   (1u << 10)
#define INTR_GEN_CALL    (1u << 11)
#define INTR_RESTART_DET (1u << 12)
#define INTR_ON_HOLD     (1u << 13)
#define INTR_ALL         0x3fffu

#define ENABLE_ENABLE (1u << 0)
#define ENABLE_ABORT  (1u << 1)

#define STATUS_ACTIVITY        (1u << 0)
#define STATUS_TX_NOT_FULL     (1u << 1)
#define STATUS_TX_EMPTY        (1u << 2)
#define STATUS_RX_NOT_EMPTY    (1u << 3)
#define STATUS_RX_FULL         (1u << 4)
#define STATUS_MASTER_ACTIVITY (1u << 5)

#define ABRT_ADDRESS (1u << 0) /* nobody answered to the address, */
#define ABRT_DATA    (1u << 3) /* or took the byte; */
#define ABRT_USER    (1u << 16)

#define TEN_BITS   (1u << 4)   /* IC_CON: addresses have 10 bits, which nobody here has */
#define VALUE      0xffffu     /* of a timing register */
#define PARAMETERS 0x000f0f0au /* both FIFOs have 16 bytes; fast mode; registers of 32 bits */
#define VERSION    0x3230312au /* 2.01a */
#define TYPE       0x44570140u

/* Which events a read clears, from IC_CLR_INTR on, by register. */
static const uint32_t cleared_by[] = {
    INTR_ALL,     INTR_RX_UNDER, INTR_RX_OVER,  INTR_TX_OVER,   INTR_RD_REQ,   INTR_TX_ABRT,
    INTR_RX_DONE, INTR_ACTIVITY, INTR_STOP_DET, INTR_START_DET, INTR_GEN_CALL,
};

#define IC_CLR_END (IC_CLR_INTR + 4u * sizeof(cleared_by) / sizeof(cleared_by[0]))

static uint32_t raw(const struct dwi2c *i2c)
{
    uint32_t value = i2c->events;

    if (i2c->enabled) {
        value |= INTR_TX_EMPTY | (i2c->busy ? INTR_ON_HOLD : 0);
    }
    return value | (i2c->count > i2c->rx_level ? INTR_RX_FULL : 0);
}

static void stop(struct dwi2c *i2c)
{
    if (i2c->busy) {
        i2c->busy = false;
        i2c->events |= INTR_STOP_DET;
        i2c->ops->stop(i2c->owner);
    }
}

static void give_up(struct dwi2c *i2c, uint32_t source)
{
    stop(i2c);
    i2c->abort |= source;
    i2c->events |= INTR_TX_ABRT | INTR_STOP_DET;
}

/* A new start where the command asks for one, or goes in another direction. */
static bool start(struct dwi2c *i2c, uint32_t command)
{
    const bool read = command & CMD_READ;

    if (i2c->busy && i2c->reading == read && !(command & CMD_RESTART)) {
        return true;
    }
    if (i2c->con & TEN_BITS) {
        return false;
    }
    i2c->events |= INTR_ACTIVITY | (i2c->busy ? INTR_RESTART_DET : INTR_START_DET);
    i2c->busy = true;
    i2c->reading = read;
    return i2c->ops->start(i2c->owner, i2c->tar & 0x7f, read);
}

/* A driver asks for no more than the FIFO can take. */
static void receive(struct dwi2c *i2c)
{
    const uint8_t byte = i2c->ops->read(i2c->owner);

    if (i2c->count == DWI2C_FIFO) {
        i2c->events |= INTR_RX_OVER;
        return;
    }
    i2c->fifo[(i2c->first + i2c->count++) % DWI2C_FIFO] = byte;
}

static void execute(struct dwi2c *i2c, uint32_t command)
{
    if (!i2c->enabled || i2c->abort) {
        return;
    }
    if (!start(i2c, command)) {
        give_up(i2c, ABRT_ADDRESS);
        return;
    }
    if (command & CMD_READ) {
        receive(i2c);
    } else if (!i2c->ops->write(i2c->owner, (uint8_t)command)) {
        give_up(i2c, ABRT_DATA);
        return;
    }
    if (command & CMD_STOP) {
        stop(i2c);
    }
}

static uint32_t take(struct dwi2c *i2c)
{
    uint32_t byte;

    if (!i2c->count) {
        i2c->events |= INTR_RX_UNDER;
        return 0;
    }
    byte = i2c->fifo[i2c->first];
    i2c->first = (i2c->first + 1) % DWI2C_FIFO;
    i2c->count--;
    return byte;
}

static void enable(struct dwi2c *i2c, uint32_t value)
{
    if (i2c->enabled && value & ENABLE_ABORT && i2c->busy) {
        give_up(i2c, ABRT_USER);
    }
    i2c->enabled = value & ENABLE_ENABLE;
    if (!i2c->enabled) {
        stop(i2c);
        i2c->count = 0;
    }
}

static uint32_t status(const struct dwi2c *i2c)
{
    uint32_t value = STATUS_TX_NOT_FULL | STATUS_TX_EMPTY;

    value |= i2c->busy ? STATUS_ACTIVITY | STATUS_MASTER_ACTIVITY : 0;
    value |= i2c->count ? STATUS_RX_NOT_EMPTY : 0;
    return value | (i2c->count == DWI2C_FIFO ? STATUS_RX_FULL : 0);
}

static uint32_t clear(struct dwi2c *i2c, uint32_t events)
{
    const bool was = i2c->events & events;

    i2c->events &= ~events;
    if (events & INTR_TX_ABRT) {
        i2c->abort = 0;
    }
    return was;
}

/* Registers that are only kept; NULL: not one of those. */
static uint32_t *kept(struct dwi2c *i2c, uint32_t offset)
{
    switch (offset) {
    case IC_CON:
        return &i2c->con;
    case IC_TAR:
        return &i2c->tar;
    case IC_SAR:
        return &i2c->sar;
    case IC_INTR_MASK:
        return &i2c->mask;
    case IC_RX_TL:
        return &i2c->rx_level;
    case IC_TX_TL:
        return &i2c->tx_level;
    case IC_SDA_HOLD:
        return &i2c->sda_hold;
    case IC_FS_SPKLEN:
        return &i2c->spike;
    default:
        return offset >= IC_SS_SCL_HCNT && offset <= IC_HS_SCL_LCNT && offset % 4 == 0
                   ? &i2c->timing[(offset - IC_SS_SCL_HCNT) / 4]
                   : NULL;
    }
}

uint32_t dwi2c_read(struct dwi2c *i2c, uint32_t offset)
{
    const uint32_t *value = kept(i2c, offset);

    if (value) {
        return *value;
    }
    if (offset >= IC_CLR_INTR && offset < IC_CLR_END && offset % 4 == 0) {
        return clear(i2c, cleared_by[(offset - IC_CLR_INTR) / 4]);
    }
    switch (offset) {
    case IC_DATA_CMD:
        return take(i2c);
    case IC_INTR_STAT:
        return raw(i2c) & i2c->mask;
    case IC_RAW_INTR_STAT:
        return raw(i2c);
    case IC_ENABLE:
    case IC_ENABLE_STATUS:
        return i2c->enabled;
    case IC_STATUS:
        return status(i2c);
    case IC_RXFLR:
        return i2c->count;
    case IC_TX_ABRT_SOURCE:
        return i2c->abort;
    case IC_CLR_RESTART_DET:
        return clear(i2c, INTR_RESTART_DET);
    case IC_COMP_PARAM_1:
        return PARAMETERS;
    case IC_COMP_VERSION:
        return VERSION;
    case IC_COMP_TYPE:
        return TYPE;
    default: /* IC_TXFLR and what is not there */
        return 0;
    }
}

void dwi2c_write(struct dwi2c *i2c, uint32_t offset, uint32_t value)
{
    uint32_t *to = kept(i2c, offset);

    if (to) {
        *to = value & VALUE;
    } else if (offset == IC_DATA_CMD) {
        execute(i2c, value);
    } else if (offset == IC_ENABLE) {
        enable(i2c, value);
    }
}

bool dwi2c_line(const struct dwi2c *i2c)
{
    return i2c->enabled && raw(i2c) & i2c->mask;
}

void dwi2c_reset(struct dwi2c *i2c)
{
    if (i2c->busy) {
        i2c->ops->stop(i2c->owner);
    }
    *i2c = (struct dwi2c){.ops = i2c->ops, .owner = i2c->owner};
}
