/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The first program of a measured VM hashes memory, which it reads past the caches: what its owner
 * left in a cache must be in memory before. A model of both, in which a line is in one or in both.
 */
#include <string.h>

#include "suite.h"

#include "hypervisor/services/measure/measure.h"
#include "hypervisor/services/measure/sha256.h"

#define LINE  64u
#define LINES 64u

static uint8_t memory[LINES * LINE] __attribute__((aligned(LINE)));
static uint8_t cache[LINES][LINE];
static bool dirty[LINES], cleaned[LINES];
static uint8_t hashed[(LINES + 8) * SHA256_BLOCK];
static unsigned blocks, open_lines;

void measure_clean_line(uint64_t address)
{
    uint64_t line = (address - (uintptr_t)memory) / LINE;

    CU_ASSERT_FATAL(line < LINES);
    if (dirty[line]) {
        memcpy(memory + line * LINE, cache[line], LINE);
    }
    dirty[line] = false;
    cleaned[line] = true;
    open_lines++;
}

void measure_clean_done(void)
{
    open_lines = 0;
}

void sha256_start(struct sha256 *h)
{
    memset(h, 0, sizeof(*h));
}

void sha256_block(struct sha256 *h, const uint8_t *data)
{
    CU_ASSERT_EQUAL(open_lines, 0); /* cleaning is over */
    memcpy(hashed + blocks++ * SHA256_BLOCK, data, SHA256_BLOCK);
    h->blocks++;
}

void sha256_digest(const struct sha256 *h, uint64_t digest[4])
{
    digest[0] = h->blocks;
}

bool measure_is_initial(const uint64_t digest[4])
{
    return digest[0] == blocks;
}

/* Whether a block has a byte from memory that the cache had not been written to. */
static bool is_stale(unsigned block)
{
    return memchr(hashed + block * SHA256_BLOCK, 'b', SHA256_BLOCK) != NULL;
}

/*
 * Two regions, the second one not of whole lines; good in the cache, bad in memory. Blocks 0, 4 and
 * 7 hold addresses and sizes, in which any byte may occur.
 */
static void caches(void)
{
    const struct pb_measure list = {.regions = 2,
                                    .region = {{(uintptr_t)memory + 2 * LINE, 3 * LINE},
                                               {(uintptr_t)memory + 10 * LINE, LINE + 1}}};

    memset(memory, 'b', sizeof(memory));
    memset(cache, 'g', sizeof(cache));
    memset(dirty, true, sizeof(dirty));
    CU_ASSERT_TRUE(measure(&list));
    for (unsigned i = 0; i < LINES; i++) {
        CU_ASSERT_EQUAL(cleaned[i], (i >= 2 && i < 5) || i == 10 || i == 11);
    }
    CU_ASSERT_EQUAL(blocks, 1 + 3 + 1 + 2 + 1);
    for (unsigned i = 1; i < 7; i++) {
        CU_ASSERT_TRUE(i == 4 || !is_stale(i));
    }
    CU_ASSERT_EQUAL(hashed[SHA256_BLOCK], 'g');
    CU_ASSERT_EQUAL(hashed[6 * SHA256_BLOCK], 'g');
    CU_ASSERT_EQUAL(hashed[6 * SHA256_BLOCK + 1], 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"what is in a cache is what is measured", caches},
        CU_TEST_INFO_NULL,
    };

    return run_suite("measure", tests);
}
