/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* AArch32's conditions and IT state against the architecture's pseudocode, over all their values.
 */
#include "hypervisor/core/trap/a32_state.h"
#include "suite.h"

#define COND_VALID   (1u << 24)
#define IT_STATES    256u
#define OTHER_BITS   0xf00f03ffu /* of an SPSR in T32, without IT, with what is around it */
#define ALWAYS_STATE 0xe8u       /* IT AL, one instruction left */

/* Arm DDI 0487, ConditionHolds() */
static bool condition_holds(unsigned cond, unsigned nzcv)
{
    bool n = nzcv & 8, z = nzcv & 4, c = nzcv & 2, v = nzcv & 1, result = true;

    switch (cond >> 1) {
    case 0:
        result = z;
        break;
    case 1:
        result = c;
        break;
    case 2:
        result = n;
        break;
    case 3:
        result = v;
        break;
    case 4:
        result = c && !z;
        break;
    case 5:
        result = n == v;
        break;
    case 6:
        result = n == v && !z;
        break;
    }
    return cond & 1 ? !result : result;
}

static uint32_t with_it(uint32_t it, uint32_t rest)
{
    return (rest & ~(A32_IT_HIGH | A32_IT_LOW)) | (it >> 2) << 10 | (it & 3) << 25;
}

static void conditions(void)
{
    for (uint32_t nzcv = 0; nzcv < 16; nzcv++) {
        for (uint32_t cond = 0; cond < 15; cond++) {
            CU_ASSERT_EQUAL(a32_passes(COND_VALID | cond << 20, nzcv << 28),
                            condition_holds(cond, nzcv));
        }
    }
}

/* The syndrome does not say: ITSTATE does, its upper four bits are the condition. */
static void conditions_by_it(void)
{
    for (uint32_t nzcv = 0; nzcv < 16; nzcv++) {
        for (uint32_t it = 1; it < 0xf0; it++) {
            CU_ASSERT_EQUAL(a32_passes(0, with_it(it, nzcv << 28)), condition_holds(it >> 4, nzcv));
        }
    }
    CU_ASSERT_TRUE(a32_passes(0, 0)); /* no IT block */
}

/* ITAdvance() */
static uint32_t it_advance(uint32_t it)
{
    return (it & 7) == 0 ? 0 : (it & 0xe0) | ((it << 1) & 0x1f);
}

static void advance(void)
{
    for (uint32_t it = 0; it < IT_STATES; it++) {
        CU_ASSERT_EQUAL(a32_advance(with_it(it, OTHER_BITS)), with_it(it_advance(it), OTHER_BITS));
    }
    CU_ASSERT_EQUAL(a32_advance(with_it(ALWAYS_STATE, 0)), 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"conditions", conditions},
        {"conditions of an IT block", conditions_by_it},
        {"IT state behind an instruction", advance},
        CU_TEST_INFO_NULL,
    };

    return run_suite("a32_state", tests);
}
