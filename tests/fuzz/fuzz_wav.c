/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer target: the input is a WAV file that somebody wants the microphone to hear. */
#include <stdlib.h>

#include "wav.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    WavSound sound;

    if (wav_parse(&sound, data, size)) {
        return 0;
    }
    if (!sound.samples || sound.frames > WAV_LIMIT) {
        abort();
    }
    wav_free(&sound);
    return 0;
}
