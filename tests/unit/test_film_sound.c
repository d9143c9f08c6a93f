/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where sound belongs on a film's track. */
#include "suite.h"

#include "film_wire.h"
#include "sound.h"

#define MS INT64_C(1000)

static uint64_t silence;

/* A piece of 10 ms. */
static unsigned place(struct sound_track *track, int64_t ms)
{
    return sound_place(track, ms * MS, 480, &silence);
}

static void test_steady(void)
{
    struct sound_track track = {0};

    for (int i = 0; i < 100; i++) {
        const int late = i % 3 * 20; /* less than is a gap */
        CU_ASSERT_EQUAL(place(&track, i * 10 + late), 480);
        CU_ASSERT_EQUAL(silence, 0);
    }
    CU_ASSERT_EQUAL(track.frames, FILM_RATE);
}

static void test_gap(void)
{
    struct sound_track track = {0};

    place(&track, 0);
    CU_ASSERT_EQUAL(place(&track, 1000), 480);
    CU_ASSERT_EQUAL(silence, FILM_RATE - 480);
    CU_ASSERT_EQUAL(track.frames, FILM_RATE + 480);
}

static void test_ahead(void)
{
    struct sound_track track = {.frames = FILM_RATE};

    CU_ASSERT_EQUAL(place(&track, 600), 480); /* it may be 500 ms ahead */
    CU_ASSERT_EQUAL(place(&track, 400), 0);
    CU_ASSERT_EQUAL(track.frames, FILM_RATE + 480);
}

static void test_nothing_comes(void)
{
    struct sound_track track = {0};

    CU_ASSERT_EQUAL(sound_catch_up(&track, 300 * MS), 0); /* it may still come */
    CU_ASSERT_EQUAL(sound_catch_up(&track, 1000 * MS), FILM_RATE * 2 / 3);
    CU_ASSERT_EQUAL(sound_catch_up(&track, 1000 * MS), 0);
    CU_ASSERT_EQUAL(sound_end(&track, 1000 * MS), FILM_RATE / 3);
    CU_ASSERT_EQUAL(track.frames, FILM_RATE);
    CU_ASSERT_EQUAL(sound_end(&track, 500 * MS), 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"pieces one after another", test_steady},
        {"a gap is silence", test_gap},
        {"what is far ahead of the time is left out", test_ahead},
        {"nothing comes", test_nothing_comes},
        CU_TEST_INFO_NULL,
    };

    return run_suite("film_sound", tests);
}
