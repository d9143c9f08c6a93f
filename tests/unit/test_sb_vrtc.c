/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's clock: what it reads, when its alarm comes, and when not. */
#include "suite.h"

#include "vm/vrtc.h"

#define RTCDR   0x00
#define RTCMR   0x04
#define RTCLR   0x08
#define RTCCR   0x0c
#define RTCIMSC 0x10
#define RTCRIS  0x14
#define RTCMIS  0x18
#define RTCICR  0x1c

#define NOW 1800000000u

static void registers(void)
{
    static const uint8_t ids[] = {0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};
    struct vrtc clock = {0};

    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCDR, NOW), NOW);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCCR, NOW), 1);
    for (unsigned i = 0; i < 8; i++) {
        CU_ASSERT_EQUAL(vrtc_read(&clock, 0xfe0 + 4 * i, NOW), ids[i]);
    }
    CU_ASSERT_EQUAL(vrtc_read(&clock, 0x20, NOW), 0);
    CU_ASSERT_EQUAL(vrtc_read(&clock, 0x1000, NOW), 0);
    vrtc_write(&clock, RTCLR, 5, NOW);
    vrtc_write(&clock, RTCCR, 0, NOW);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCDR, NOW + 1), NOW + 1);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCCR, NOW), 1);
    CU_ASSERT_FALSE(vrtc_line(&clock));
}

static void alarm_comes(void)
{
    struct vrtc clock = {0};

    CU_ASSERT_EQUAL(vrtc_due(&clock, NOW), VRTC_NEVER);
    vrtc_write(&clock, RTCMR, NOW + 10, NOW);
    CU_ASSERT_EQUAL(vrtc_due(&clock, NOW), VRTC_NEVER); /* masked */
    vrtc_write(&clock, RTCIMSC, 1, NOW);
    CU_ASSERT_EQUAL(vrtc_due(&clock, NOW + 3), 7);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCMR, NOW), NOW + 10);
    vrtc_look(&clock, NOW + 9);
    CU_ASSERT_FALSE(vrtc_line(&clock));
    CU_ASSERT_EQUAL(vrtc_due(&clock, NOW + 12), 0); /* it may be looked at late: a pause, a sleep */
    vrtc_look(&clock, NOW + 12);
    CU_ASSERT_TRUE(vrtc_line(&clock));
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCRIS, NOW + 12), 1);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCMIS, NOW + 12), 1);
    CU_ASSERT_EQUAL(vrtc_due(&clock, NOW + 12), VRTC_NEVER);
    vrtc_write(&clock, RTCICR, 1, NOW + 12);
    CU_ASSERT_FALSE(vrtc_line(&clock));
    vrtc_look(&clock, NOW + 13);
    CU_ASSERT_FALSE(vrtc_line(&clock)); /* once */
}

static void alarm_masked(void)
{
    struct vrtc clock = {0};

    vrtc_write(&clock, RTCMR, NOW, NOW); /* now: at once */
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCRIS, NOW), 1);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCMIS, NOW), 0);
    CU_ASSERT_FALSE(vrtc_line(&clock));
    vrtc_write(&clock, RTCIMSC, 0xffffffff, NOW);
    CU_ASSERT_EQUAL(vrtc_read(&clock, RTCIMSC, NOW), 1);
    CU_ASSERT_TRUE(vrtc_line(&clock));
    vrtc_write(&clock, RTCIMSC, 0, NOW);
    CU_ASSERT_FALSE(vrtc_line(&clock));
}

/* A match that lies behind is 2^32 seconds ahead, and the counter may wrap on the way. */
static void alarm_wraps(void)
{
    struct vrtc clock = {0};

    vrtc_write(&clock, RTCIMSC, 1, NOW);
    vrtc_write(&clock, RTCMR, NOW - 1, NOW);
    CU_ASSERT_EQUAL(vrtc_due(&clock, NOW), UINT32_MAX);
    vrtc_look(&clock, NOW + 1000000);
    CU_ASSERT_FALSE(vrtc_line(&clock));
    vrtc_write(&clock, RTCMR, 5, UINT32_MAX - 4);
    CU_ASSERT_EQUAL(vrtc_due(&clock, UINT32_MAX - 4), 10);
    vrtc_look(&clock, 4);
    CU_ASSERT_FALSE(vrtc_line(&clock));
    vrtc_look(&clock, 5);
    CU_ASSERT_TRUE(vrtc_line(&clock));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"registers", registers},
        {"an alarm comes once", alarm_comes},
        {"a masked alarm waits", alarm_masked},
        {"alarms behind, and across 2^32", alarm_wraps},
        CU_TEST_INFO_NULL,
    };

    return run_suite("guest's clock", tests);
}
