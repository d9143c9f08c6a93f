/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "sound.h"

#include "film_wire.h"

#define JITTER (FILM_RATE / 12) /* pieces come up to 80 ms late without a gap */
#define LATE   (FILM_RATE / 3)  /* what may still come */
#define AHEAD  (FILM_RATE / 2)

static uint64_t frames_at(int64_t us)
{
    return us > 0 ? (uint64_t)us * FILM_RATE / 1000000u : 0;
}

static uint64_t fill(struct sound_track *track, uint64_t until)
{
    uint64_t missing = until > track->frames ? until - track->frames : 0;

    track->frames += missing;
    return missing;
}

unsigned sound_place(struct sound_track *track, int64_t us, unsigned frames, uint64_t *silence)
{
    uint64_t now = frames_at(us);

    *silence = 0;
    if (track->frames > now + AHEAD) {
        return 0;
    }
    if (now > track->frames + JITTER) {
        *silence = fill(track, now);
    }
    track->frames += frames;
    return frames;
}

uint64_t sound_catch_up(struct sound_track *track, int64_t us)
{
    uint64_t now = frames_at(us);

    return now > LATE ? fill(track, now - LATE) : 0;
}

uint64_t sound_end(struct sound_track *track, int64_t us)
{
    return fill(track, frames_at(us));
}
