/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WAV files that are read: wav.h. The file is whatever a user names. */
#define _DEFAULT_SOURCE
#include "wav.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES 8u /* name and size */
#define FORMAT      16u
#define PCM         1u
#define EXTENSIBLE  0xfffeu
#define RATE_MIN    4000u
#define RATE_MAX    192000u
#define BITS        16u

struct format {
    uint32_t tag, channels, rate, bits;
};

static uint32_t get(const uint8_t *from, unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < bytes; i++) {
        value |= (uint32_t)from[i] << 8 * i;
    }
    return value;
}

/* The chunk of that name, its size bounded by the file's; NULL: none. */
static const uint8_t *find(const uint8_t *bytes, size_t size, const char *name, size_t *found)
{
    size_t at = 12;

    while (at + CHUNK_BYTES <= size) {
        const size_t len = get(bytes + at + 4, 4), left = size - at - CHUNK_BYTES;

        if (memcmp(bytes + at, name, 4) == 0) {
            *found = len < left ? len : left;
            return bytes + at + CHUNK_BYTES;
        }
        if (len > left) {
            return NULL;
        }
        at += CHUNK_BYTES + len + (len & 1);
    }
    return NULL;
}

static int32_t sample(const uint8_t *data, const struct format *format, uint64_t frame,
                      unsigned side)
{
    const unsigned channel = format->channels > 1 ? side : 0;

    return (int16_t)get(data + (frame * format->channels + channel) * 2, 2);
}

/* Frames between which the time of each one of ours lies, in proportion. */
static void convert(WavSound *to, const uint8_t *data, const struct format *format, uint64_t frames)
{
    for (uint64_t i = 0; i < to->frames; i++) {
        const uint64_t time = i * format->rate;
        const uint64_t before = time / WAV_RATE, after = before + 1 < frames ? before + 1 : before;
        const int64_t part = (int64_t)(time % WAV_RATE);

        for (unsigned side = 0; side < WAV_CHANNELS; side++) {
            const int64_t from = sample(data, format, before, side);
            const int64_t step = sample(data, format, after, side) - from;

            to->samples[WAV_CHANNELS * i + side] = (int16_t)(from + step * part / WAV_RATE);
        }
    }
}

static const char *read_format(struct format *format, const uint8_t *chunk, size_t size)
{
    if (!chunk || size < FORMAT) {
        return "no WAV file: it has no format";
    }
    *format =
        (struct format){get(chunk, 2), get(chunk + 2, 2), get(chunk + 4, 4), get(chunk + 14, 2)};
    if ((format->tag != PCM && format->tag != EXTENSIBLE) || format->bits != BITS) {
        return "only PCM of 16 bits can be played";
    }
    if (format->channels < 1 || format->channels > 2) {
        return "only mono and stereo can be played";
    }
    if (format->rate < RATE_MIN || format->rate > RATE_MAX) {
        return "only 4000 to 192000 frames per second can be played";
    }
    return NULL;
}

const char *wav_parse(WavSound *sound, const uint8_t *bytes, size_t size)
{
    struct format format;
    const uint8_t *data;
    const char *wrong;
    size_t len = 0;
    uint64_t frames;

    *sound = (WavSound){0};
    if (size < 12 || memcmp(bytes, "RIFF", 4) || memcmp(bytes + 8, "WAVE", 4)) {
        return "no WAV file";
    }
    data = find(bytes, size, "fmt ", &len);
    wrong = read_format(&format, data, len);
    if (wrong) {
        return wrong;
    }
    data = find(bytes, size, "data", &len);
    frames = data ? len / (format.channels * 2) : 0;
    if (!frames) {
        return "there is no sound in it";
    }
    sound->frames = frames * WAV_RATE / format.rate;
    if (sound->frames > WAV_LIMIT) {
        return "it is longer than 30 minutes";
    }
    sound->samples = malloc((sound->frames + 1) * WAV_CHANNELS * sizeof(*sound->samples));
    if (!sound->samples) {
        return "it is too long for this computer's memory";
    }
    convert(sound, data, &format, frames);
    return NULL;
}

static const char *read_all(FILE *file, uint8_t **bytes, size_t *size)
{
    long end;

    if (fseek(file, 0, SEEK_END) || (end = ftell(file)) < 0 || fseek(file, 0, SEEK_SET)) {
        return "no file that can be read";
    }
    if ((unsigned long)end > WAV_READ_MAX) {
        return "longer than 256 MiB";
    }
    *size = (size_t)end;
    *bytes = malloc(*size + 1);
    if (!*bytes || fread(*bytes, 1, *size, file) != *size) {
        return "cannot be read";
    }
    return NULL;
}

const char *wav_read(WavSound *sound, const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t size = 0;
    const char *wrong;

    *sound = (WavSound){0};
    if (!file) {
        return strerror(errno);
    }
    wrong = read_all(file, &bytes, &size);
    fclose(file);
    if (!wrong) {
        wrong = wav_parse(sound, bytes, size);
    }
    free(bytes);
    return wrong;
}

void wav_free(WavSound *sound)
{
    free(sound->samples);
    *sound = (WavSound){0};
}
