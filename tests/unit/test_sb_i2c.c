/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's I2C controller and gauge: as Linux drives them, and as nobody should. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "vm/dwi2c.h"
#include "vm/vgauge.h"

#define IC_CON            0x00
#define IC_TAR            0x04
#define IC_DATA_CMD       0x10
#define IC_INTR_STAT      0x2c
#define IC_INTR_MASK      0x30
#define IC_RAW_INTR_STAT  0x34
#define IC_RX_TL          0x38
#define IC_CLR_INTR       0x40
#define IC_CLR_RX_UNDER   0x44
#define IC_CLR_TX_ABRT    0x54
#define IC_CLR_STOP_DET   0x60
#define IC_ENABLE         0x6c
#define IC_STATUS         0x70
#define IC_RXFLR          0x78
#define IC_TX_ABRT_SOURCE 0x80
#define IC_COMP_TYPE      0xfc

#define READ    0x100u
#define STOP    0x200u
#define RESTART 0x400u

#define RX_UNDER 0x001u
#define RX_OVER  0x002u
#define RX_FULL  0x004u
#define TX_EMPTY 0x010u
#define TX_ABRT  0x040u
#define STOP_DET 0x200u
#define LINUX    (RX_FULL | TX_EMPTY | TX_ABRT | STOP_DET) /* what its driver enables */

/* A bus with the gauge alone, that checks that starts and stops come in pairs. */
static struct vgauge gauge;
static struct sbs_values values;
static struct dwi2c i2c;
static unsigned open, stops, reads;

static bool start(void *owner, uint8_t address, bool read)
{
    CU_ASSERT_PTR_EQUAL(owner, &gauge);
    open = 1;
    if (address != VGAUGE_ADDRESS) {
        return false;
    }
    vgauge_start(&gauge, read);
    return true;
}

static bool write(void *owner, uint8_t byte)
{
    CU_ASSERT_EQUAL_FATAL(open, 1);
    return vgauge_write(owner, byte);
}

static uint8_t read(void *owner)
{
    CU_ASSERT_EQUAL_FATAL(open, 1);
    reads++;
    return vgauge_read(owner);
}

static void stop(void *owner)
{
    (void)owner;
    CU_ASSERT_EQUAL_FATAL(open, 1);
    open = 0;
    stops++;
}

static const struct i2c_bus_ops ops = {start, write, read, stop};

static void fresh(void)
{
    memset(&values, 0, sizeof(values));
    values.word[SBS_LEVEL] = 42;
    values.word[SBS_REMAINING] = 1680;
    values.word[SBS_FULL] = values.word[SBS_DESIGN] = 4000;
    values.word[SBS_DESIGN_MV] = 3850;
    values.word[SBS_CURRENT] = (uint16_t)-500;
    values.word[SBS_AVERAGE_EMPTY] = 201;
    values.word[SBS_STATUS] = SBS_STATUS_INITIALIZED | SBS_STATUS_DISCHARGING;
    values.word[SBS_SERIAL] = 4711;
    memcpy(values.text[0], "Phonebooth", 10);
    values.text_len[0] = 10;
    gauge.values = &values;
    gauge.serial = 2;
    vgauge_reset(&gauge);
    open = 0;
    i2c.ops = &ops;
    i2c.owner = &gauge;
    dwi2c_reset(&i2c);
    stops = reads = 0;
}

static uint32_t get(uint32_t offset)
{
    return dwi2c_read(&i2c, offset);
}

static void put(uint32_t offset, uint32_t value)
{
    dwi2c_write(&i2c, offset, value);
}

static void begin(uint8_t address)
{
    put(IC_ENABLE, 0);
    put(IC_TAR, address);
    put(IC_INTR_MASK, 0);
    put(IC_ENABLE, 1);
    get(IC_CLR_INTR);
    put(IC_INTR_MASK, LINUX);
}

/* As i2c_smbus_read_word_data() in Linux. */
static uint16_t word(uint8_t reg)
{
    uint32_t low, high;

    begin(VGAUGE_ADDRESS);
    CU_ASSERT_EQUAL(get(IC_INTR_STAT), TX_EMPTY);
    put(IC_DATA_CMD, reg);
    put(IC_DATA_CMD, READ | RESTART);
    put(IC_DATA_CMD, READ | STOP);
    put(IC_INTR_MASK, LINUX & ~TX_EMPTY);
    CU_ASSERT_EQUAL(get(IC_INTR_STAT), RX_FULL | STOP_DET);
    CU_ASSERT_TRUE(dwi2c_line(&i2c));
    CU_ASSERT_EQUAL(get(IC_CLR_STOP_DET), 1);
    CU_ASSERT_EQUAL(get(IC_RXFLR), 2);
    low = get(IC_DATA_CMD);
    high = get(IC_DATA_CMD);
    CU_ASSERT_FALSE(dwi2c_line(&i2c));
    CU_ASSERT_EQUAL(get(IC_STATUS) & 0x21, 0);
    put(IC_ENABLE, 0);
    return (uint16_t)(low | high << 8);
}

static void set_word(uint8_t reg, uint16_t value)
{
    begin(VGAUGE_ADDRESS);
    put(IC_DATA_CMD, reg);
    put(IC_DATA_CMD, value & 0xff);
    put(IC_DATA_CMD, value >> 8 | STOP);
    CU_ASSERT_EQUAL(get(IC_RAW_INTR_STAT) & (TX_ABRT | STOP_DET), STOP_DET);
}

static void as_linux(void)
{
    fresh();
    CU_ASSERT_EQUAL(get(IC_COMP_TYPE), 0x44570140);
    CU_ASSERT_EQUAL(word(SBS_LEVEL), 42);
    CU_ASSERT_EQUAL(word(SBS_REMAINING), 1680);
    values.word[SBS_LEVEL] = 41;
    CU_ASSERT_EQUAL(word(SBS_LEVEL), 41);
    CU_ASSERT_EQUAL(stops, 3);
}

static void blocks(void)
{
    char text[11] = "";

    fresh();
    begin(VGAUGE_ADDRESS);
    put(IC_DATA_CMD, SBS_MANUFACTURER);
    put(IC_DATA_CMD, READ | RESTART);
    CU_ASSERT_EQUAL(get(IC_DATA_CMD), 10);
    for (unsigned i = 0; i < 10; i++) {
        put(IC_DATA_CMD, READ | (i == 9 ? STOP : 0));
        text[i] = (char)get(IC_DATA_CMD);
    }
    CU_ASSERT_STRING_EQUAL(text, "Phonebooth");
    begin(VGAUGE_ADDRESS);
    put(IC_DATA_CMD, READ | STOP); /* of the register that was named last */
    CU_ASSERT_EQUAL(get(IC_DATA_CMD), 10);
}

static void nobody(void)
{
    fresh();
    begin(0x48);
    put(IC_DATA_CMD, 0);
    CU_ASSERT_EQUAL(get(IC_INTR_STAT) & TX_ABRT, TX_ABRT);
    CU_ASSERT_EQUAL(get(IC_TX_ABRT_SOURCE), 1);
    put(IC_DATA_CMD, READ | STOP); /* dropped until the abort is cleared */
    CU_ASSERT_EQUAL(get(IC_RXFLR), 0);
    CU_ASSERT_EQUAL(get(IC_CLR_TX_ABRT), 1);
    CU_ASSERT_EQUAL(get(IC_TX_ABRT_SOURCE), 0);
    CU_ASSERT_EQUAL(word(SBS_LEVEL), 42);
}

static void own_view(void)
{
    fresh();
    set_word(SBS_MODE, 0xffff);
    CU_ASSERT_EQUAL(word(SBS_MODE), SBS_MODE_POWER);
    CU_ASSERT_EQUAL(word(SBS_REMAINING), 1680 * 3850 / 10000);
    set_word(SBS_MODE, 0);
    set_word(SBS_AT_RATE, (uint16_t)-1000);
    CU_ASSERT_EQUAL(word(SBS_TO_EMPTY), 100);
    CU_ASSERT_EQUAL(word(SBS_TO_FULL), SBS_NEVER);
    CU_ASSERT_FALSE(word(SBS_STATUS) & SBS_STATUS_CAPACITY_ALARM);
    set_word(SBS_CAPACITY_ALARM, 2000);
    CU_ASSERT_TRUE(word(SBS_STATUS) & SBS_STATUS_CAPACITY_ALARM);
    set_word(SBS_TIME_ALARM, 300);
    CU_ASSERT_TRUE(word(SBS_STATUS) & SBS_STATUS_TIME_ALARM);
    set_word(SBS_LEVEL, 99);
    CU_ASSERT_EQUAL(word(SBS_LEVEL), 42);
    CU_ASSERT_EQUAL(word(SBS_SERIAL), 2); /* not the board's */
    CU_ASSERT_EQUAL(word(0x1d), 0);
    CU_ASSERT_EQUAL(word(0xff), 0);
    vgauge_reset(&gauge);
    CU_ASSERT_EQUAL(word(SBS_CAPACITY_ALARM), 400);
}

static void too_much(void)
{
    fresh();
    begin(VGAUGE_ADDRESS);
    put(IC_DATA_CMD, SBS_LEVEL);
    for (unsigned i = 0; i < 40; i++) {
        put(IC_DATA_CMD, READ);
    }
    CU_ASSERT_EQUAL(get(IC_RXFLR), DWI2C_FIFO);
    CU_ASSERT_TRUE(get(IC_RAW_INTR_STAT) & RX_OVER);
    CU_ASSERT_EQUAL(get(IC_DATA_CMD), 42);
    CU_ASSERT_EQUAL(get(IC_DATA_CMD), 0);
    CU_ASSERT_EQUAL(get(IC_DATA_CMD), 0xff); /* there is no more */
    put(IC_ENABLE, 0);
    CU_ASSERT_EQUAL(get(IC_RXFLR), 0);
    CU_ASSERT_EQUAL(stops, 1);
    CU_ASSERT_EQUAL(get(IC_DATA_CMD), 0);
    CU_ASSERT_EQUAL(get(IC_CLR_RX_UNDER), 1);
    begin(VGAUGE_ADDRESS);
    for (unsigned i = 0; i < 4; i++) {
        put(IC_DATA_CMD, SBS_MODE); /* a word has two bytes */
    }
    CU_ASSERT_EQUAL(get(IC_TX_ABRT_SOURCE), 8);
}

static void user_abort(void)
{
    fresh();
    begin(VGAUGE_ADDRESS);
    put(IC_DATA_CMD, SBS_LEVEL);
    CU_ASSERT_EQUAL(get(IC_STATUS) & 0x21, 0x21);
    put(IC_ENABLE, 3);
    CU_ASSERT_EQUAL(get(IC_ENABLE), 1);
    CU_ASSERT_EQUAL(get(IC_TX_ABRT_SOURCE), 1u << 16);
    CU_ASSERT_EQUAL(stops, 1);
    put(IC_ENABLE, 3); /* nothing is under way */
    CU_ASSERT_EQUAL(stops, 1);
}

static void while_off(void)
{
    fresh();
    put(IC_DATA_CMD, READ | STOP);
    CU_ASSERT_EQUAL(reads, 0);
    put(IC_INTR_MASK, 0xffff);
    CU_ASSERT_FALSE(dwi2c_line(&i2c));
    CU_ASSERT_EQUAL(get(IC_INTR_STAT), 0);
}

static void at_random(void)
{
    fresh();
    srand(1);
    for (unsigned i = 0; i < 300000; i++) {
        const uint32_t offset = (uint32_t)rand() % 0x110;

        if (rand() % 2) {
            get(offset);
        } else {
            put(rand() % 2 ? IC_DATA_CMD : offset, (uint32_t)rand() & (rand() % 2 ? 0x70f : ~0u));
        }
        if (rand() % 4 == 0) {
            put(IC_TAR, VGAUGE_ADDRESS);
            put(IC_CON, 0);
            put(IC_ENABLE, 1);
            get(IC_CLR_TX_ABRT);
        }
        CU_ASSERT_TRUE_FATAL(i2c.count <= DWI2C_FIFO && i2c.first < DWI2C_FIFO);
    }
    CU_ASSERT_TRUE(reads > 1000 && stops > 1000);
    dwi2c_reset(&i2c);
    CU_ASSERT_EQUAL(word(SBS_LEVEL), 42);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"words, as Linux reads them", as_linux},
        {"blocks", blocks},
        {"an address that nobody has", nobody},
        {"what a guest sets is its own", own_view},
        {"more than there is room for", too_much},
        {"a transfer is given up", user_abort},
        {"while it is off", while_off},
        {"random accesses", at_random},
        CU_TEST_INFO_NULL,
    };

    return run_suite("guest's I2C and gauge", tests);
}
