/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WAV files that grow: wav.h. */
#define _DEFAULT_SOURCE
#include "wav.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEADER_BYTES 44u
#define FRAME_BYTES  (WAV_CHANNELS * 2u)
#define COUNT_EVERY  (WAV_RATE / 10) /* frames after which the header is written anew */
#define PCM          1u

static void put(uint8_t *to, unsigned bytes, uint32_t value)
{
    for (unsigned i = 0; i < bytes; i++) {
        to[i] = (uint8_t)(value >> 8 * i);
    }
}

static bool write_at(int file, const void *data, size_t size, uint64_t at)
{
    size_t done = 0;

    while (done < size) {
        const ssize_t n =
            pwrite(file, (const uint8_t *)data + done, size - done, (off_t)(at + done));

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        done += (size_t)n;
    }
    return true;
}

static void count(WavWriter *w)
{
    uint8_t header[HEADER_BYTES] = "RIFF....WAVEfmt ";
    const uint32_t bytes = (uint32_t)(w->frames * FRAME_BYTES);

    put(header + 4, 4, HEADER_BYTES - 8 + bytes);
    put(header + 16, 4, 16);
    put(header + 20, 2, PCM);
    put(header + 22, 2, WAV_CHANNELS);
    put(header + 24, 4, WAV_RATE);
    put(header + 28, 4, WAV_RATE * FRAME_BYTES);
    put(header + 32, 2, FRAME_BYTES);
    put(header + 34, 2, 16);
    memcpy(header + 36, "data", 4);
    put(header + 40, 4, bytes);
    w->failed |= !write_at(w->file, header, sizeof(header), 0);
    w->counted = w->frames;
}

const char *wav_begin(WavWriter *w, const char *path)
{
    *w = (WavWriter){.file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    if (w->file < 0) {
        return strerror(errno);
    }
    count(w);
    if (w->failed) {
        wav_end(w);
        return "cannot be written";
    }
    return NULL;
}

/* The file's end first, and silence is a hole in it. */
void wav_append(WavWriter *w, const int16_t *samples, uint64_t frames)
{
    const uint64_t at = HEADER_BYTES + w->frames * FRAME_BYTES;
    const uint64_t room = WAV_LIMIT - w->frames;

    if (w->file < 0 || w->failed) {
        return;
    }
    frames = frames < room ? frames : room;
    w->failed = samples ? !write_at(w->file, samples, frames * FRAME_BYTES, at)
                        : ftruncate(w->file, (off_t)(at + frames * FRAME_BYTES)) != 0;
    if (!w->failed) {
        w->frames += frames;
    }
    if (w->frames - w->counted >= COUNT_EVERY) {
        count(w);
    }
}

const char *wav_end(WavWriter *w)
{
    if (w->file < 0) {
        return NULL;
    }
    count(w);
    w->failed |= close(w->file) != 0;
    w->file = -1;
    return w->failed ? "not all of it could be written" : NULL;
}
