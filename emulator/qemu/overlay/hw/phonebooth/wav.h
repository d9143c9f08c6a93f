/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * WAV files: RIFF with 16-bit PCM (Microsoft and IBM, Multimedia Programming Interface and Data
 * Specifications 1.0, 1991, chapter 3). Frames here are two samples of 16 bits, left and right, at
 * WAV_RATE. Errors are one line without the file's name.
 */
#ifndef HW_PHONEBOOTH_WAV_H
#define HW_PHONEBOOTH_WAV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WAV_RATE     48000u /* frames per second */
#define WAV_CHANNELS 2u
#define WAV_LIMIT    (30ull * 60u * WAV_RATE) /* frames of a recording: 30 minutes, 346 MB */
#define WAV_READ_MAX (256u << 20)             /* bytes of a file that is read */

/* A file that grows. Its header is true at any time: it never counts more than there is. */
typedef struct WavWriter {
    int file;         /* -1: none */
    uint64_t frames;  /* written; it takes no more than WAV_LIMIT */
    uint64_t counted; /* in the header */
    bool failed;      /* the host did not take all of it: it is over */
} WavWriter;

/* A file made anew. NULL, or what is wrong. */
const char *wav_begin(WavWriter *w, const char *path);

/* Appends frames; samples NULL: silence, which takes no room on the disk. */
void wav_append(WavWriter *w, const int16_t *samples, uint64_t frames);

/* The header counts all, and the file is closed. NULL, or what went wrong meanwhile. */
const char *wav_end(WavWriter *w);

typedef struct WavSound {
    int16_t *samples; /* of malloc(); NULL: none */
    uint64_t frames;
} WavSound;

/*
 * A file of 16 bits, mono or stereo, 4000 to 192000 frames per second, at most WAV_LIMIT frames
 * when brought to WAV_RATE by linear interpolation. NULL, or what is wrong with it. Free with
 * wav_free().
 */
const char *wav_read(WavSound *sound, const char *path);
void wav_free(WavSound *sound);

/* The same from memory. */
const char *wav_parse(WavSound *sound, const uint8_t *bytes, size_t size);

#endif
