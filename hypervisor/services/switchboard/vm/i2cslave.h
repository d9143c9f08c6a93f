/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A device on a guest's I2C bus, and the bus as its controller sees it. A transfer is start, bytes
 * in one direction, and stop or the next start. Every number comes from the guest.
 */
#ifndef I2CSLAVE_H
#define I2CSLAVE_H

#include <stdbool.h>
#include <stdint.h>

struct i2c_bus_ops {
    /* False: nobody answers to this 7-bit address, or not in this direction. */
    bool (*start)(void *owner, uint8_t address, bool read);
    /* A byte of the transfer that start() began; false: it is not acknowledged. */
    bool (*write)(void *owner, uint8_t byte);
    uint8_t (*read)(void *owner);
    void (*stop)(void *owner);
};

#endif
