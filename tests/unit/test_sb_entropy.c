/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Random numbers of services, of one that goes on from a saved state, too. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

#include "hypervisor/services/lib/entropy.c"

uint64_t clock_ticks(void)
{
    return 7; /* a machine that goes on from a saved state may be at the same tick, too */
}

void log_line(const char *format, ...)
{
    (void)format;
}

static uint8_t seed[48];

static void test_no_seed(void)
{
    static const uint8_t zeros[48];

    entropy_init(NULL, 0);
    CU_ASSERT_FALSE(entropy_ready());
    entropy_init(seed, ENTROPY_SEED_MIN - 1);
    CU_ASSERT_FALSE(entropy_ready());
    entropy_init(zeros, sizeof(zeros));
    CU_ASSERT_FALSE(entropy_ready());
}

static void test_numbers_differ(void)
{
    uint8_t first[100], second[100];

    memset(seed, 0x5a, sizeof(seed));
    entropy_init(seed, sizeof(seed));
    CU_ASSERT_TRUE(entropy_ready());
    entropy_fill(first, sizeof(first));
    entropy_fill(second, sizeof(second));
    CU_ASSERT_NOT_EQUAL(memcmp(first, second, sizeof(first)), 0);
}

/* Two machines of one saved state: alike with the same seed, unlike with another one. */
static void test_saved_state(void)
{
    uint8_t first[100], same[100], other[100];
    const __typeof__(entropy) saved = entropy;

    entropy_fill(first, sizeof(first));
    entropy = saved;
    entropy_fill(same, sizeof(same));
    CU_ASSERT_EQUAL(memcmp(first, same, sizeof(first)), 0);
    entropy = saved;
    seed[ENTROPY_SEED_MIN - 1] ^= 1;
    entropy_fill(other, sizeof(other));
    CU_ASSERT_NOT_EQUAL(memcmp(first, other, sizeof(first)), 0);
    for (unsigned i = 0; i + 16 <= sizeof(first); i += 16) {
        CU_ASSERT_NOT_EQUAL(memcmp(first + i, other + i, 16), 0);
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"no seed", test_no_seed},
                                        {"numbers differ", test_numbers_differ},
                                        {"a saved state", test_saved_state},
                                        CU_TEST_INFO_NULL};
    return run_suite("entropy", tests);
}
