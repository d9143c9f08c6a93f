/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cameras' test pattern: whole, the bars where they are said to be, a square that moves. */
#include <stdlib.h>
#include <string.h>

#include "camera_pattern.h"
#include "suite.h"

#define SECOND 1000000000ll

static uint8_t *frame_of(unsigned sensor, unsigned width, unsigned height, int64_t when)
{
    uint8_t *pixels = malloc(2 * width * height); /* so that a sanitizer sees each byte past it */

    memset(pixels, 0xaa, 2 * width * height);
    camera_pattern(sensor, pixels, width, height, when);
    return pixels;
}

static void test_bars(void)
{
    static const uint8_t luma[] = {180, 162, 131, 112, 84, 65, 35, 16};

    for (unsigned sensor = 0; sensor < 2; sensor++) {
        uint8_t *pixels = frame_of(sensor, 320, 240, 0);

        for (unsigned bar = 0; bar < 8; bar++) {
            CU_ASSERT_EQUAL(pixels[2 * (320 * 179 + 40 * bar)], luma[sensor ? 7 - bar : bar]);
            CU_ASSERT_EQUAL(pixels[2 * (40 * bar + 39)], luma[sensor ? 7 - bar : bar]);
        }
        free(pixels);
    }
}

static void test_ramp(void)
{
    uint8_t *pixels = frame_of(0, 640, 480, 0);
    const uint8_t *last = pixels + 2 * 640 * 479;

    for (unsigned x = 0; x < 640; x++) {
        CU_ASSERT_EQUAL(last[2 * x + 1], 128);
        CU_ASSERT_TRUE(!x || last[2 * x] >= last[2 * x - 2]);
    }
    CU_ASSERT_EQUAL(last[0], 16);
    CU_ASSERT_TRUE(last[2 * 639] > 225);
    free(pixels);
}

/* How many pixels differ. */
static unsigned distance(int64_t a, int64_t b)
{
    uint8_t *one = frame_of(1, 320, 240, a), *other = frame_of(1, 320, 240, b);
    unsigned different = 0;

    for (unsigned i = 0; i < 320 * 240; i++) {
        different += one[2 * i] != other[2 * i];
    }
    free(one);
    free(other);
    return different;
}

static void test_square(void)
{
    CU_ASSERT_EQUAL(distance(0, 4 * SECOND), 0);
    CU_ASSERT_TRUE(distance(0, SECOND) > 500 && distance(0, SECOND) < 4000);
    CU_ASSERT_TRUE(distance(1, 4 * SECOND - 1) > 500);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"bars", test_bars}, {"ramp", test_ramp}, {"square", test_square}, CU_TEST_INFO_NULL};

    return run_suite("camera pattern", tests);
}
