/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's I2C controller: Synopsys DesignWare DW_apb_i2c (databook 2.01a, chapter 6) as a master
 * with FIFOs of 16 bytes and no DMA. A command takes no time: it has been executed when the write
 * to IC_DATA_CMD returns, so the transmit FIFO is always empty. No I/O of its own.
 */
#ifndef DWI2C_H
#define DWI2C_H

#include "i2cslave.h"

#define DWI2C_FIFO 16u

struct dwi2c {
    const struct i2c_bus_ops *ops; /* the bus, for ever */
    void *owner;

    /* All that follows is 0 after reset. */
    uint32_t con, tar, sar;
    uint32_t timing[6]; /* IC_SS_SCL_HCNT to IC_HS_SCL_LCNT: kept, without effect */
    uint32_t sda_hold, spike;
    uint32_t mask, rx_level, tx_level;
    uint32_t events; /* of RAW_INTR_STAT: what stays until it is cleared */
    uint32_t abort;  /* IC_TX_ABRT_SOURCE; while not 0, commands are dropped */
    bool enabled;
    bool busy;    /* between start and stop */
    bool reading; /* the direction of that */
    uint8_t fifo[DWI2C_FIFO];
    unsigned first, count; /* of the receive FIFO */
};

/* Offsets are within the page; a read may have an effect. */
uint32_t dwi2c_read(struct dwi2c *i2c, uint32_t offset);
void dwi2c_write(struct dwi2c *i2c, uint32_t offset, uint32_t value);

/* The level of its interrupt. */
bool dwi2c_line(const struct dwi2c *i2c);

/* As after power-on. */
void dwi2c_reset(struct dwi2c *i2c);

#endif
