/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* I2C master, i.MX 21 and later (i.MX 6 reference manual, chapter I2C). Polled. */
#ifndef I2C_H
#define I2C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void i2c_init(uintptr_t base);

/*
 * Writes out_len bytes to device `address`, then reads in_len from it after a repeated start;
 * either may be 0. False: no answer.
 */
bool i2c_transfer(uintptr_t base, uint8_t address, const uint8_t *out, size_t out_len, uint8_t *in,
                  size_t in_len);

/* Reads len (1 or more) bytes of device `address` from register `reg` on. False: no answer. */
bool i2c_read(uintptr_t base, uint8_t address, uint8_t reg, uint8_t *data, size_t len);

#endif
