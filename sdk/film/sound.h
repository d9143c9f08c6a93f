/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where on the sound track a piece of sound belongs. Pure. Times are frames, FILM_RATE in a second.
 */
#ifndef FILM_SOUND_H
#define FILM_SOUND_H

#include <stdint.h>

struct sound_track {
    uint64_t frames; /* on the track so far */
};

/*
 * A piece of so many frames comes at the time `us`. *silence: how much must go before it. Returns
 * how many of its frames are taken: all, or none if the track is far ahead of the time.
 */
unsigned sound_place(struct sound_track *track, int64_t us, unsigned frames, uint64_t *silence);

/* Nothing has come until `us`. Returns the silence that is due; what is on its way has room. */
uint64_t sound_catch_up(struct sound_track *track, int64_t us);

/* The film ends at `us`. Returns the silence up to there. */
uint64_t sound_end(struct sound_track *track, int64_t us);

#endif
