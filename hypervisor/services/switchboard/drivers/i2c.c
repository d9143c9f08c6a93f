/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* I2C master, i.MX 6 reference manual, chapter I2C, "Programmable registers". */
#include "i2c.h"

#include "el1/clock.h"
#include "el1/cpu.h"

#define IFDR      0x04u
#define IFDR_100K 0x15u /* of the reference manual's table; good for any part of the board */
#define I2CR      0x08u
#define I2CR_IEN  (1u << 7)
#define I2CR_MSTA (1u << 5)
#define I2CR_MTX  (1u << 4)
#define I2CR_NACK (1u << 3)
#define I2CR_RSTA (1u << 2)
#define I2SR      0x0cu
#define I2SR_IIF  (1u << 1)
#define I2SR_NACK (1u << 0)
#define I2DR      0x10u

#define BYTE_WAIT_US 10000u

void i2c_init(uintptr_t base)
{
    reg_write16(base + I2CR, 0);
    reg_write16(base + IFDR, IFDR_100K);
    reg_write16(base + I2SR, 0);
    reg_write16(base + I2CR, I2CR_IEN);
}

static bool wait_byte(uintptr_t base)
{
    const uint64_t end = clock_us() + BYTE_WAIT_US;

    while (!(reg_read16(base + I2SR) & I2SR_IIF)) {
        if (clock_us() > end) {
            return false;
        }
    }
    reg_write16(base + I2SR, 0);
    return true;
}

static bool send(uintptr_t base, uint8_t byte)
{
    reg_write16(base + I2DR, byte);
    return wait_byte(base) && !(reg_read16(base + I2SR) & I2SR_NACK);
}

/* The register that a read takes a byte from starts the next one, so the last two are special. */
static bool receive(uintptr_t base, uint8_t *data, size_t len)
{
    reg_write16(base + I2CR, (uint16_t)(I2CR_IEN | I2CR_MSTA | (len == 1 ? I2CR_NACK : 0)));
    (void)reg_read16(base + I2DR);
    for (size_t i = 0; i < len; i++) {
        if (!wait_byte(base)) {
            return false;
        }
        if (i + 2 == len) {
            reg_write16(base + I2CR, I2CR_IEN | I2CR_MSTA | I2CR_NACK);
        }
        if (i + 1 == len) {
            reg_write16(base + I2CR, I2CR_IEN);
        }
        data[i] = (uint8_t)reg_read16(base + I2DR);
    }
    return true;
}

static bool send_all(uintptr_t base, uint8_t address, const uint8_t *out, size_t len)
{
    bool ok = send(base, (uint8_t)(address << 1));

    for (size_t i = 0; ok && i < len; i++) {
        ok = send(base, out[i]);
    }
    return ok;
}

bool i2c_transfer(uintptr_t base, uint8_t address, const uint8_t *out, size_t out_len, uint8_t *in,
                  size_t in_len)
{
    bool ok;

    reg_write16(base + I2SR, 0);
    reg_write16(base + I2CR, I2CR_IEN | I2CR_MSTA | I2CR_MTX);
    ok = !out_len || send_all(base, address, out, out_len);
    if (ok && in_len) {
        if (out_len) {
            reg_write16(base + I2CR, I2CR_IEN | I2CR_MSTA | I2CR_MTX | I2CR_RSTA);
        }
        ok = send(base, (uint8_t)(address << 1 | 1)) && receive(base, in, in_len);
    }
    if (!ok || !in_len) {
        reg_write16(base + I2CR, I2CR_IEN);
    }
    return ok;
}

bool i2c_read(uintptr_t base, uint8_t address, uint8_t reg, uint8_t *data, size_t len)
{
    return i2c_transfer(base, address, &reg, 1, data, len);
}
