/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* How personas sound together, and who may hear the microphone. */
#include "audio/mixer.h"
#include "suite.h"

static void test_rules(void)
{
    CU_ASSERT_EQUAL(mixer_gain(VM_SOUND_DUCKED, true), MIXER_FULL);
    CU_ASSERT_EQUAL(mixer_gain(VM_SOUND_DUCKED, false), MIXER_FULL / 4);
    CU_ASSERT_EQUAL(mixer_gain(VM_SOUND_MIXED, false), MIXER_FULL);
    CU_ASSERT_EQUAL(mixer_gain(VM_SOUND_FRONT, true), MIXER_FULL);
    CU_ASSERT_EQUAL(mixer_gain(VM_SOUND_FRONT, false), 0);
    CU_ASSERT_EQUAL(mixer_gain(VM_SOUND_ABSENT, true), 0);
    CU_ASSERT_TRUE(mixer_may_record(VM_MICROPHONE_FRONT, true));
    CU_ASSERT_FALSE(mixer_may_record(VM_MICROPHONE_FRONT, false));
    CU_ASSERT_TRUE(mixer_may_record(VM_MICROPHONE_ALWAYS, false));
    CU_ASSERT_FALSE(mixer_may_record(VM_MICROPHONE_ABSENT, true));
}

static void test_steps(void)
{
    unsigned gain = 0, steps = 0;

    for (; gain != MIXER_FULL && steps < 100; steps++) {
        gain = mixer_step(gain, MIXER_FULL);
    }
    CU_ASSERT_EQUAL(steps, 8);
    CU_ASSERT_EQUAL(mixer_step(10, 5), 5);
    CU_ASSERT_EQUAL(mixer_step(MIXER_FULL, 0), MIXER_FULL - MIXER_FULL / 8);
    CU_ASSERT_EQUAL(mixer_step(7, 7), 7);
}

static void test_saturation(void)
{
    const int32_t mix[] = {0, 32767, 32768, 65534, -32768, -32769, INT32_MAX, INT32_MIN};
    const int16_t expected[] = {0, 32767, 32767, 32767, -32768, -32768, 32767, -32768};
    int16_t samples[8];

    mixer_finish(mix, samples, 8);
    for (unsigned i = 0; i < 8; i++) {
        CU_ASSERT_EQUAL(samples[i], expected[i]);
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"rules", test_rules},
                                        {"steps", test_steps},
                                        {"too loud", test_saturation},
                                        CU_TEST_INFO_NULL};

    return run_suite("mixer", tests);
}
