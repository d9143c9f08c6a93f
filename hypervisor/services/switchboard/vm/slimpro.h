/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's SMBus controller: one channel of an APM X-Gene SLIMpro mailbox, and the firmware behind
 * it that makes an I2C transfer of a message. There is no public data sheet: the registers and
 * messages are those that Linux's drivers use (mailbox-xgene-slimpro, i2c-xgene-slimpro).
 *
 * A transfer costs the guest five writes, and no read traps, because no read has an effect: the
 * registers are memory that the guest reads. A message has been carried out when the write to
 * DB_OUT returns. No I/O of its own; every number comes from the guest.
 */
#ifndef SLIMPRO_H
#define SLIMPRO_H

#include <stddef.h>

#include "i2cslave.h"

#define SLIMPRO_WORDS 10u /* registers, of 32 bits */
#define SLIMPRO_BLOCK 33u /* bytes that a message moves at most: an SMBus block and its length */

struct slimpro {
    const struct i2c_bus_ops *ops; /* the bus, for ever */
    void *owner;
    /* The guest's memory; NULL: not all of it is memory that we may use. */
    void *(*map)(void *owner, uint64_t address, uint64_t bytes);
    volatile uint32_t *regs; /* what the guest reads */

    /* All that follows is 0 after reset. */
    uint32_t out[2];  /* the message's second and third word */
    uint32_t reply;   /* the second word of the answer */
    uint32_t status;  /* DB_STAT */
    uint32_t enabled; /* its bits that interrupt: DB_STATMASK inverted */
};

/* The guest writes a register; `offset` is within the channel. */
void slimpro_write(struct slimpro *mailbox, uint32_t offset, uint32_t value);

/* The level of its interrupt. */
bool slimpro_line(const struct slimpro *mailbox);

/* As after power-on. */
void slimpro_reset(struct slimpro *mailbox);

/* Writes all registers anew where the guest reads them. */
void slimpro_show(const struct slimpro *mailbox);

#endif
