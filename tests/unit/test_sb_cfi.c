/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's flash: commands as EDK2, U-Boot and Linux give them, and as nobody should. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "vm/cfi.h"

#define READY 0x00800080u
#define WRONG 0x00b000b0u

static uint8_t memory[CFI_SIZE];
static struct cfi flash;

static uint32_t word(uint32_t offset)
{
    uint32_t value;

    memcpy(&value, memory + offset, sizeof(value));
    return value;
}

static void put(uint32_t offset, uint32_t value)
{
    cfi_write(&flash, offset, 4, value);
}

static bool is_erased(uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (memory[i] != 0xff) {
            return false;
        }
    }
    return true;
}

static void starts_erased(void)
{
    memset(memory, 0, sizeof(memory));
    cfi_init(&flash, memory);
    CU_ASSERT_TRUE(is_erased(0, CFI_SIZE));
}

static void programs_and_erases(void)
{
    cfi_init(&flash, memory);
    put(0x80010, 0x00400040);
    CU_ASSERT_EQUAL(word(0), READY);       /* EDK2 reads the status here, */
    CU_ASSERT_EQUAL(word(0x80010), READY); /* Linux and U-Boot here */
    put(0x80010, 0x12345678);
    CU_ASSERT_EQUAL(word(0), READY);
    put(0, 0x00ff00ff);
    CU_ASSERT_EQUAL(word(0), 0xffffffff);
    CU_ASSERT_EQUAL(word(0x80010), 0x12345678);
    put(0x80010, 0x00100010);
    put(0x80010, 0xff00ff0f); /* bits are only cleared */
    put(0, 0xff);
    CU_ASSERT_EQUAL(word(0x80010), 0x12005608);
    put(0x80000, 0x00200020);
    put(0x80000, 0x00d000d0);
    put(0x80000, 0x00ff00ff);
    CU_ASSERT_TRUE(is_erased(0, CFI_SIZE));
}

static void erases_one_block(void)
{
    cfi_init(&flash, memory);
    memset(memory, 0, sizeof(memory));
    put(2 * CFI_BLOCK + 0x1234, 0x20);
    put(2 * CFI_BLOCK + 0x1234, 0xd0);
    put(0, 0xff);
    CU_ASSERT_TRUE(is_erased(2 * CFI_BLOCK, 3 * CFI_BLOCK));
    CU_ASSERT_EQUAL(memory[2 * CFI_BLOCK - 1], 0);
    CU_ASSERT_EQUAL(memory[3 * CFI_BLOCK], 0);
    CU_ASSERT_EQUAL(word(0), 0);
}

static void programs_a_buffer(void)
{
    cfi_init(&flash, memory);
    put(0x100, 0x00e800e8);
    CU_ASSERT_EQUAL(word(0x100), READY);
    put(0x100, 0x001f001f);
    for (uint32_t i = 0; i < 32; i++) {
        put(0x100 + 4 * i, i);
    }
    CU_ASSERT_EQUAL(word(0x108), 0xffffffff); /* not before it is confirmed */
    put(0x100, 0x00d000d0);
    put(0, 0xff);
    for (uint32_t i = 0; i < 32; i++) {
        CU_ASSERT_EQUAL(word(0x100 + 4 * i), i);
    }
    CU_ASSERT_TRUE(is_erased(0x180, CFI_SIZE));
    cfi_write(&flash, 0x300, 2, 0xe8); /* U-Boot's way: 16 bits at a time */
    cfi_write(&flash, 0x300, 2, 1);
    cfi_write(&flash, 0x300, 2, 0x1234);
    cfi_write(&flash, 0x302, 2, 0x5678);
    cfi_write(&flash, 0x300, 2, 0xd0);
    put(0, 0xff);
    CU_ASSERT_EQUAL(word(0x300), 0x56781234);
    put(0x200, 0xe8);
    put(0x200, 0x00200020); /* too many */
    CU_ASSERT_EQUAL(word(0x200), WRONG);
    put(0x200, 0x50);
    put(0x200, 0xe8);
    put(0x200, 0);
    put(0x200, 1);
    put(0x200, 0xff); /* not confirmed */
    CU_ASSERT_EQUAL(word(0x200), WRONG);
    put(0x200, 0xff);
    CU_ASSERT_EQUAL(word(0x200), 0xffffffff);
}

static void shows_tables(void)
{
    cfi_init(&flash, memory);
    put(CFI_BLOCK, 0x12345678); /* no command */
    put(0x55 * 4, 0x00980098);
    CU_ASSERT_EQUAL(word(0x10 * 4), 0x00510051);
    CU_ASSERT_EQUAL(word(0x11 * 4), 0x00520052);
    CU_ASSERT_EQUAL(word(0x12 * 4), 0x00590059);
    CU_ASSERT_EQUAL(word(0x13 * 4), 0x00010001);
    CU_ASSERT_EQUAL(1u << (word(0x27 * 4) & 0xff), CFI_SIZE / 2);
    CU_ASSERT_EQUAL(((word(0x2d * 4) & 0xff) + 1) * CFI_BLOCK, CFI_SIZE);
    CU_ASSERT_EQUAL((word(0x30 * 4) & 0xff) << 16, CFI_BLOCK / 2);
    CU_ASSERT_EQUAL(2u << (word(0x2a * 4) & 0xff), CFI_WORDS * 4);
    put(3 * CFI_BLOCK + 8, 0x00900090);
    CU_ASSERT_EQUAL(word(0), 0x00890089);
    CU_ASSERT_EQUAL(word(3 * CFI_BLOCK), 0x00890089);
    CU_ASSERT_EQUAL(word(3 * CFI_BLOCK + 8), 0);
    cfi_reset(&flash);
    CU_ASSERT_TRUE(is_erased(0, CFI_SIZE));
}

static void survives_reset(void)
{
    cfi_init(&flash, memory);
    put(0, 0x40);
    put(0, 0xcafe);
    put(8, 0x20);
    cfi_reset(&flash); /* in the middle of an erase */
    CU_ASSERT_EQUAL(word(0), 0xcafe);
    CU_ASSERT_EQUAL(word(8), 0xffffffff);
    put(0, 0xd0);
    CU_ASSERT_EQUAL(word(0), 0xcafe);
}

/* Whatever is written, nothing outside of the flash changes: sanitizers look. */
static void takes_anything(void)
{
    static const uint8_t codes[] = {0x40, 0x20, 0xe8, 0x60, 0x70, 0x90, 0x98, 0xd0, 0xff, 0x50};
    unsigned seed = 1;

    cfi_init(&flash, memory);
    for (unsigned i = 0; i < 200000; i++) {
        const uint64_t offset = (uint64_t)rand_r(&seed) % (CFI_SIZE + 64);
        const unsigned size = 1u << rand_r(&seed) % 4;

        cfi_write(&flash, i % 100 ? offset & ~(uint64_t)3 : offset, size,
                  i % 2 ? codes[rand_r(&seed) % sizeof(codes)] : (uint32_t)rand_r(&seed));
    }
    cfi_write(&flash, UINT64_MAX - 3, 4, 0x40);
    cfi_write(&flash, CFI_SIZE - 4, 4, 0xff);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"starts erased", starts_erased},       {"programs and erases", programs_and_erases},
        {"erases one block", erases_one_block}, {"programs a buffer", programs_a_buffer},
        {"shows its tables", shows_tables},     {"survives a reset", survives_reset},
        {"takes anything", takes_anything},     CU_TEST_INFO_NULL,
    };

    return run_suite("guest's flash", tests);
}
