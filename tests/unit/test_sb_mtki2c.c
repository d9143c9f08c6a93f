/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's I2C controller with DMA, and a gauge: as Linux drives it, and as nobody should. */
#include "gauge_bus.h"
#include "suite.h"

#include "vm/mtki2c.h"

#define SLAVE    0x04
#define MASK     0x08
#define STAT     0x0c
#define CONTROL  0x10
#define LENGTH   0x14
#define START    0x24
#define BACK     0x6c
#define EN       (MTKI2C_DMA + 0x08)
#define TX       (MTKI2C_DMA + 0x1c)
#define RX       (MTKI2C_DMA + 0x20)
#define TX_UPPER (MTKI2C_DMA + 0x54)
#define RX_UPPER (MTKI2C_DMA + 0x58)

#define DONE     0x01u
#define ACKERR   0x02u
#define RESTART  0x10u
#define FOLLOWED 0x8000u
#define TURN     0x10u
#define RAM      GAUGE_BUS_RAM

static struct mtki2c i2c = {.ops = &bus_ops, .owner = &gauge, .map = bus_map};

static void fresh(void)
{
    bus_fresh();
    mtki2c_reset(&i2c);
    starts = stops = 0;
}

static void put(uint32_t offset, uint32_t value)
{
    mtki2c_write(&i2c, offset, value);
}

/* The status after a transfer, as the driver's interrupt handler reads and clears it. */
static uint32_t transfer(uint32_t slave, uint32_t control, uint32_t length, uint32_t back,
                         uint32_t value)
{
    uint32_t status;

    put(CONTROL, control);
    put(SLAVE, slave);
    put(STAT, 0x1f);
    put(MASK, 0x1f);
    put(LENGTH, length);
    put(BACK, back);
    put(TX, (uint32_t)RAM);
    put(TX_UPPER, RAM >> 32);
    put(RX, (uint32_t)RAM + 64);
    put(RX_UPPER, RAM >> 32);
    put(EN, 1);
    CU_ASSERT_FALSE(mtki2c_line(&i2c));
    put(START, 1 | value);
    CU_ASSERT_TRUE(mtki2c_line(&i2c));
    status = mtki2c_read(&i2c, STAT);
    put(STAT, status);
    CU_ASSERT_FALSE(mtki2c_line(&i2c));
    put(MASK, 0xffe0);
    return status;
}

static void as_linux(void)
{
    fresh();
    ram[0] = 0x0d;
    CU_ASSERT_EQUAL(transfer(VGAUGE_ADDRESS << 1, TURN, 1, 2, 0), DONE);
    CU_ASSERT_EQUAL(ram[64] | ram[65] << 8, 42);
    CU_ASSERT_EQUAL(ram[66], 0xee);
    CU_ASSERT_EQUAL(starts, 2);
    CU_ASSERT_EQUAL(stops, 1);
    memcpy(ram, "\x01\x34\x12", 3); /* the alarm */
    CU_ASSERT_EQUAL(transfer(VGAUGE_ADDRESS << 1, 0, 3, 0, 0), DONE);
    CU_ASSERT_EQUAL(gauge.capacity_alarm, 0x1234);
}

/* Two messages that belong together: no stop between them. */
static void followed(void)
{
    fresh();
    ram[0] = 0x0d;
    CU_ASSERT_EQUAL(transfer(VGAUGE_ADDRESS << 1, 0, 1, 0, FOLLOWED), RESTART);
    CU_ASSERT_EQUAL(stops, 0);
    CU_ASSERT_EQUAL(transfer(VGAUGE_ADDRESS << 1 | 1, 0, 2, 0, 0), DONE);
    CU_ASSERT_EQUAL(ram[64], 42);
    CU_ASSERT_EQUAL(stops, 1);
    transfer(VGAUGE_ADDRESS << 1, 0, 1, 0, FOLLOWED);
    put(0x50, 1);
    CU_ASSERT_EQUAL(stops, 2);
    transfer(VGAUGE_ADDRESS << 1, 0, 1, 0, FOLLOWED);
    mtki2c_reset(&i2c);
    CU_ASSERT_EQUAL(stops, 3);
    mtki2c_reset(&i2c);
    CU_ASSERT_EQUAL(stops, 3);
}

static void what_is_wrong(void)
{
    fresh();
    CU_ASSERT_EQUAL(transfer(0x20 << 1, 0, 1, 0, 0), DONE | ACKERR); /* nobody there */
    CU_ASSERT_EQUAL(stops, 1);
    CU_ASSERT_EQUAL(transfer(VGAUGE_ADDRESS << 1 | 1, 0, MTKI2C_TRANSFER + 1, 0, 0), DONE | ACKERR);
    CU_ASSERT_EQUAL(transfer(VGAUGE_ADDRESS << 1 | 1, 0, 0xffff, 0, 0), DONE | ACKERR);
    CU_ASSERT_EQUAL(starts, 1); /* the others never came to the bus */
    put(RX_UPPER, 0);
    put(EN, 1);
    put(SLAVE, VGAUGE_ADDRESS << 1 | 1);
    put(LENGTH, 2);
    put(START, 1);
    CU_ASSERT_EQUAL(mtki2c_read(&i2c, STAT), DONE | ACKERR); /* not memory */
    put(STAT, 0x1f);
    put(START, 1);
    CU_ASSERT_EQUAL(mtki2c_read(&i2c, STAT), 0); /* without DMA */
    put(EN, 1);
    put(START, FOLLOWED);
    CU_ASSERT_EQUAL(mtki2c_read(&i2c, STAT), 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"as Linux uses it", as_linux},
        {"messages that belong together", followed},
        {"what is wrong", what_is_wrong},
        CU_TEST_INFO_NULL,
    };

    return run_suite("guest's I2C controller with DMA", tests);
}
