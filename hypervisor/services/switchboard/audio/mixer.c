/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "mixer.h"

#define DUCKED (MIXER_FULL / 4) /* 12 dB less */
#define STEP   (MIXER_FULL / 8)

unsigned mixer_gain(enum vm_sound rule, bool front)
{
    if (rule == VM_SOUND_ABSENT) {
        return 0;
    }
    if (front || rule == VM_SOUND_MIXED) {
        return MIXER_FULL;
    }
    return rule == VM_SOUND_DUCKED ? DUCKED : 0;
}

bool mixer_may_record(enum vm_microphone rule, bool front)
{
    return rule == VM_MICROPHONE_ALWAYS || (rule == VM_MICROPHONE_FRONT && front);
}

unsigned mixer_step(unsigned gain, unsigned wanted)
{
    if (gain < wanted) {
        return wanted - gain > STEP ? gain + STEP : wanted;
    }
    return gain - wanted > STEP ? gain - STEP : wanted;
}

void mixer_finish(const int32_t *mix, int16_t *samples, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        samples[i] = (int16_t)(mix[i] > INT16_MAX   ? INT16_MAX
                               : mix[i] < INT16_MIN ? INT16_MIN
                                                    : mix[i]);
    }
}
