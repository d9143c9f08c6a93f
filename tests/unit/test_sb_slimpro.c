/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's SMBus controller, the mailbox, with a gauge: as Linux drives it, and otherwise. */
#include "gauge_bus.h"
#include "suite.h"

#include "vm/slimpro.h"

#define DIN0     1 /* words */
#define STAT     8
#define STATMASK 9

#define ACK   1u
#define AVAIL 0x10000u

#define SMBUS_READ  (0x04801800u & ~0x1000u) /* controller 1, SMBus protocol */
#define SMBUS_WRITE 0x04801800u
#define COMMAND     0x100u
#define CHIP(a)     ((uint32_t)(a) << 13)
#define MEMORY      0x80000000u
#define COUNTED     0x40000000u
#define FAILS       UINT32_MAX
#define RAM         GAUGE_BUS_RAM

static uint32_t regs[SLIMPRO_WORDS];
static struct slimpro mailbox = {.ops = &bus_ops, .owner = &gauge, .map = bus_map, .regs = regs};

static void fresh(void)
{
    bus_fresh();
    memset(regs, 0xee, sizeof(regs));
    slimpro_reset(&mailbox);
    starts = stops = 0;
}

/* What the driver's first word of the answer is; both interrupts are taken and acknowledged. */
static uint32_t message(uint32_t first, uint32_t second, uint32_t third)
{
    slimpro_write(&mailbox, 0x14, second);
    slimpro_write(&mailbox, 0x18, third);
    CU_ASSERT_FALSE(slimpro_line(&mailbox));
    slimpro_write(&mailbox, 0x10, first);
    CU_ASSERT_TRUE(slimpro_line(&mailbox));
    CU_ASSERT_EQUAL(regs[STAT], ACK | AVAIL);
    slimpro_write(&mailbox, 0x20, ACK);
    CU_ASSERT_TRUE(slimpro_line(&mailbox));
    slimpro_write(&mailbox, 0x20, AVAIL);
    CU_ASSERT_FALSE(slimpro_line(&mailbox));
    return regs[DIN0];
}

static void enable(void)
{
    slimpro_write(&mailbox, 0x20, ACK | AVAIL);
    slimpro_write(&mailbox, 0x24, regs[STATMASK] & ~(ACK | AVAIL));
}

static void words(void)
{
    fresh();
    CU_ASSERT_EQUAL(regs[STATMASK], ACK | AVAIL);
    slimpro_write(&mailbox, 0x10, SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 2);
    CU_ASSERT_FALSE(slimpro_line(&mailbox)); /* masked */
    enable();
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 2, 0x0d, 0), 42);
    CU_ASSERT_EQUAL(message(SMBUS_WRITE | CHIP(VGAUGE_ADDRESS) | COMMAND | 2, 0x03, 0x8000), 0);
    CU_ASSERT_EQUAL(gauge.mode, 0x8000);
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 2, 0x03, 0), 0x8000);
    CU_ASSERT_EQUAL(stops, 4);
    fresh();
    CU_ASSERT_FALSE(slimpro_line(&mailbox));
    CU_ASSERT_EQUAL(regs[STAT], 0);
}

/* A text is a block: its length, then as many bytes. */
static void blocks(void)
{
    const uint32_t place = MEMORY | COUNTED | (uint32_t)(RAM >> 32) << 20 | 0x20;

    fresh();
    enable();
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 33, place, (uint32_t)RAM),
                    0);
    CU_ASSERT_EQUAL(ram[0], 10);
    CU_ASSERT_EQUAL(memcmp(ram + 1, "Phonebooth", 10), 0);
    CU_ASSERT_EQUAL(ram[33], 0xee);
    /* Not in memory, or only in part of it */
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 33, place, 0), FAILS);
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 33, place,
                            (uint32_t)RAM + sizeof(ram) - 8),
                    FAILS);
    /* More than a block has */
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 34, place, (uint32_t)RAM),
                    FAILS);
    CU_ASSERT_EQUAL(
        message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 255, place, (uint32_t)RAM), FAILS);
}

static void nobody_there(void)
{
    fresh();
    enable();
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(0x0c) | 1, 0, 0), FAILS);
    CU_ASSERT_EQUAL(starts, 1);
    CU_ASSERT_EQUAL(stops, 1);
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(0x10b) | COMMAND | 2, 0x0d, 0), FAILS);
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | COMMAND | 5, 0x0d, 0), FAILS);
    CU_ASSERT_EQUAL(message(SMBUS_READ | CHIP(VGAUGE_ADDRESS) | 2 * COMMAND | 2, 0x0d, 0), FAILS);
    CU_ASSERT_EQUAL(message(0x05001900u | CHIP(VGAUGE_ADDRESS) | 2, 0x0d, 0), FAILS);
    CU_ASSERT_EQUAL(starts, 1); /* the others never came to the bus */
    slimpro_write(&mailbox, 0x00, 1);
    slimpro_write(&mailbox, 0x04, 1);
    slimpro_write(&mailbox, 0x1fc, 1);
    CU_ASSERT_EQUAL(regs[0], 0);
    CU_ASSERT_EQUAL(regs[DIN0], FAILS);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"words", words},
        {"blocks", blocks},
        {"what is not there", nobody_there},
        CU_TEST_INFO_NULL,
    };

    return run_suite("guest's SMBus mailbox", tests);
}
