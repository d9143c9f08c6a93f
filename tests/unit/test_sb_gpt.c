/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The GPT reader against a table made here by the specification, and against damage to it. */
#include <string.h>

#include "storage/gpt.h"
#include "suite.h"

#define DISK    2048u /* sectors */
#define ENTRIES 128u
#define ENTRY   128u

static uint8_t header[GPT_SECTOR], table[ENTRIES * ENTRY];

static void put(uint8_t *at, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static void put_entry(unsigned index, const char *name, uint64_t first, uint64_t last)
{
    uint8_t *entry = table + index * ENTRY;

    memset(entry, 0x5a, 32);
    put(entry + 32, first, 8);
    put(entry + 40, last, 8);
    for (unsigned i = 0; i < 36; i++) {
        put(entry + 56 + 2 * i, i < strlen(name) ? (uint8_t)name[i] : 0, 2);
    }
}

static void seal(void)
{
    put(header + 88, gpt_crc32(table, sizeof(table)), 4);
    put(header + 16, 0, 4);
    put(header + 16, gpt_crc32(header, 92), 4);
}

static void make(void)
{
    memset(header, 0, sizeof(header));
    memset(table, 0, sizeof(table));
    memcpy(header, "EFI PART", 8);
    put(header + 8, 0x00010000, 4);
    put(header + 12, 92, 4);
    put(header + 24, 1, 8);
    put(header + 40, 34, 8);
    put(header + 48, DISK - 34, 8);
    put(header + 72, 2, 8);
    put(header + 80, ENTRIES, 4);
    put(header + 84, ENTRY, 4);
    put_entry(0, "personal-boot", 64, 127);
    put_entry(3, "an-exactly-thirty-six-letter-name-ok", 128, 128);
    seal();
}

static void test_crc(void)
{
    CU_ASSERT_EQUAL(gpt_crc32("123456789", 9), 0xcbf43926); /* the check value of CRC-32 */
}

static void test_good(void)
{
    struct gpt_header read;
    struct gpt_partition partitions[GPT_PARTITIONS];

    make();
    CU_ASSERT_TRUE_FATAL(gpt_read_header(&read, header, 1, DISK));
    CU_ASSERT_EQUAL(gpt_table_sectors(&read), 32);
    CU_ASSERT_EQUAL_FATAL(gpt_read_table(&read, table, partitions, GPT_PARTITIONS), 2);
    CU_ASSERT_STRING_EQUAL(partitions[0].name, "personal-boot");
    CU_ASSERT_EQUAL(partitions[0].first, 64);
    CU_ASSERT_EQUAL(partitions[0].sectors, 64);
    CU_ASSERT_STRING_EQUAL(partitions[1].name, "an-exactly-thirty-six-letter-name-ok");
    CU_ASSERT_EQUAL(partitions[1].sectors, 1);
    CU_ASSERT_EQUAL(gpt_read_table(&read, table, partitions, 1), 1);
}

/* Every single bit of the header that is covered by its checksum. */
static void test_damaged_header(void)
{
    struct gpt_header read;

    for (unsigned bit = 0; bit < 92 * 8; bit++) {
        make();
        header[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CU_ASSERT_FALSE(gpt_read_header(&read, header, 1, DISK));
    }
}

/* A header that is whole, but with numbers that make no sense. */
static void test_hostile_header(void)
{
    static const struct {
        unsigned offset, bytes;
        uint64_t value;
    } wrong[] = {
        {12, 4, 0},          {12, 4, 91},         {12, 4, 513},        {12, 4, UINT32_MAX},
        {24, 8, 2},          {48, 8, DISK},       {48, 8, UINT64_MAX}, {40, 8, DISK},
        {72, 8, DISK},       {72, 8, DISK - 31},  {72, 8, UINT64_MAX}, {80, 4, 0},
        {80, 4, UINT32_MAX}, {80, 4, 513},        {84, 4, 0},          {84, 4, 127},
        {84, 4, UINT32_MAX}, {84, 4, 0x80000000},
    };
    struct gpt_header read;

    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        make();
        put(header + wrong[i].offset, wrong[i].value, wrong[i].bytes);
        seal();
        CU_ASSERT_FALSE(gpt_read_header(&read, header, 1, DISK));
    }
}

static void test_hostile_entries(void)
{
    struct gpt_header read;
    struct gpt_partition partitions[GPT_PARTITIONS];

    make();
    put_entry(1, "before", 33, 40);
    put_entry(2, "behind", 64, DISK);
    put_entry(4, "backwards", 100, 99);
    put_entry(5, "far", UINT64_MAX - 1, UINT64_MAX);
    put_entry(6, "con\ttrol\x7f", 200, 201);
    seal();
    CU_ASSERT_TRUE_FATAL(gpt_read_header(&read, header, 1, DISK));
    CU_ASSERT_EQUAL_FATAL(gpt_read_table(&read, table, partitions, GPT_PARTITIONS), 3);
    CU_ASSERT_STRING_EQUAL(partitions[2].name, "con?trol?");
    table[5 * ENTRY] ^= 1;
    CU_ASSERT_EQUAL(gpt_read_table(&read, table, partitions, GPT_PARTITIONS), -1);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"CRC-32", test_crc},
                                        {"a good table", test_good},
                                        {"each bit of the header damaged", test_damaged_header},
                                        {"hostile headers", test_hostile_header},
                                        {"hostile entries", test_hostile_entries},
                                        CU_TEST_INFO_NULL};

    return run_suite("gpt", tests);
}
