/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's I2C controller with DMA: MediaTek's, as in the MT8173, with the channel of the AP DMA
 * that belongs to it. There is no public data sheet: the registers are those that Linux's driver
 * uses (i2c-mt65xx). A transfer costs the guest some twenty accesses, however long it is, and has
 * been made when the write to START returns. No I/O of its own; every number comes from the guest.
 */
#ifndef MTKI2C_H
#define MTKI2C_H

#include <stddef.h>

#include "i2cslave.h"

#define MTKI2C_DMA      0x80u /* where the registers of the DMA begin, behind the controller's */
#define MTKI2C_TRANSFER 4096u /* bytes that a transfer has at most, in each direction */

struct mtki2c {
    const struct i2c_bus_ops *ops; /* the bus, for ever */
    void *owner;
    /* The guest's memory; NULL: not all of it is memory that we may use. */
    void *(*map)(void *owner, uint64_t address, uint64_t bytes);

    /* All that follows is 0 after reset. */
    uint32_t control, slave, mask, status;
    uint32_t length;               /* bytes of the transfer, */
    uint32_t length_back;          /* and of what it reads after it has written */
    uint32_t address[2], upper[2]; /* of memory: to the bus, from it */
    bool dma;                      /* is started */
    bool busy;                     /* a message was sent, and another one follows */
};

/* Offsets are from the controller's first register. */
uint32_t mtki2c_read(struct mtki2c *i2c, uint32_t offset);
void mtki2c_write(struct mtki2c *i2c, uint32_t offset, uint32_t value);

/* The level of its interrupt. */
bool mtki2c_line(const struct mtki2c *i2c);

/* As after power-on. */
void mtki2c_reset(struct mtki2c *i2c);

#endif
