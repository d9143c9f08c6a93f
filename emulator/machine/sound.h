/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The board's sound part, docs/board/sound.md. No QEMU types in this header. Machine's thread. */
#ifndef MACHINE_SOUND_H
#define MACHINE_SOUND_H

#include <stdbool.h>
#include <stdint.h>

/* Strings are the caller's to free with sound_state_clear(). */
struct sound_state {
    char *output;      /* "headset", "speaker" or "earpiece" */
    bool headset;      /* plugged in */
    bool playing;      /* something is played */
    bool microphone;   /* it is in use */
    char *recording;   /* file that is written; NULL: none */
    double recorded_s; /* how much is in it */
    char *speaking;    /* file that the microphone hears; NULL: none */
};

/* False: the board has no sound part. */
bool sound_read(struct sound_state *state);
void sound_state_clear(struct sound_state *state);

/*
 * Begins or ends (NULL) a recording; what the microphone hears from when something records (NULL:
 * nothing); the headset is plugged in or out. NULL, or one line that says what is wrong, for the
 * caller to free with g_free().
 */
char *sound_record(const char *file);
char *sound_speak(const char *file);
char *sound_headset(bool in);

/*
 * Gets what is played, frames of two samples, 48000 in a second of the machine's time, in pieces of
 * at most 480; from the machine's threads, and it must not block.
 */
typedef void sound_listener(const int16_t *samples, unsigned frames);

#define SOUND_LISTENERS 2 /* the speaker, a film */

/* From any thread. A call that has begun may last beyond sound_unlisten(). */
void sound_listen(sound_listener *fn);
void sound_unlisten(sound_listener *fn);

/*
 * fn() puts what the microphone hears into frames of silence, where no file is played to it; as
 * above. NULL: it hears nothing.
 */
void sound_microphone(void (*fn)(int16_t *samples, unsigned frames));

#endif
