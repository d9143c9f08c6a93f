/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WAV files: what is written can be read at any time, and what is read may be anything. */
#define _DEFAULT_SOURCE
#include "wav.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"

static char path[64];

static void make_path(void)
{
    snprintf(path, sizeof(path), "/tmp/phonebooth-wav.%d", (int)getpid());
}

static void put(uint8_t *at, unsigned bytes, uint32_t value)
{
    for (unsigned i = 0; i < bytes; i++) {
        at[i] = (uint8_t)(value >> 8 * i);
    }
}

/* A file in memory: a header and `frames` frames whose samples count up. */
static size_t make(uint8_t *file, unsigned channels, uint32_t rate, unsigned frames)
{
    memcpy(file, "RIFF\xff\xff\xff\xffWAVELIST\x03\0\0\0abc\0fmt ", 28);
    put(file + 28, 4, 16);
    put(file + 32, 2, 1);
    put(file + 34, 2, channels);
    put(file + 36, 4, rate);
    put(file + 46, 2, 16);
    memcpy(file + 48, "data", 4);
    put(file + 52, 4, frames * channels * 2);
    for (unsigned i = 0; i < frames * channels; i++) {
        put(file + 56 + 2 * i, 2, 100 * i);
    }
    return 56 + frames * channels * 2;
}

static void test_round(void)
{
    int16_t samples[2 * 480];
    WavWriter writer;
    WavSound sound;

    make_path();
    for (unsigned i = 0; i < 2 * 480; i++) {
        samples[i] = (int16_t)(i * 37);
    }
    CU_ASSERT_PTR_NULL_FATAL(wav_begin(&writer, path));
    CU_ASSERT_PTR_NOT_NULL(wav_read(&sound, path)); /* a file without sound */
    wav_append(&writer, samples, 480);
    wav_append(&writer, NULL, 48000);
    wav_append(&writer, samples, 10); /* it has not been counted yet: a killed writer's file */
    CU_ASSERT_PTR_NULL(wav_read(&sound, path));
    CU_ASSERT_EQUAL(sound.frames, 48480);
    CU_ASSERT_EQUAL(memcmp(sound.samples, samples, sizeof(samples)), 0);
    CU_ASSERT_EQUAL(sound.samples[2 * 480], 0);
    wav_free(&sound);
    CU_ASSERT_PTR_NULL(wav_end(&writer));
    CU_ASSERT_PTR_NULL(wav_end(&writer));
    CU_ASSERT_PTR_NULL(wav_read(&sound, path));
    CU_ASSERT_EQUAL(sound.frames, 48490);
    CU_ASSERT_EQUAL(memcmp(sound.samples + 2 * 48480, samples, 40), 0);
    wav_free(&sound);
    unlink(path);
}

static void test_limit(void)
{
    struct stat info;
    WavWriter writer;

    make_path();
    CU_ASSERT_PTR_NULL_FATAL(wav_begin(&writer, path));
    wav_append(&writer, NULL, WAV_LIMIT + 1);
    wav_append(&writer, NULL, UINT64_MAX);
    CU_ASSERT_EQUAL(writer.frames, WAV_LIMIT);
    CU_ASSERT_PTR_NULL(wav_end(&writer));
    CU_ASSERT_EQUAL(stat(path, &info), 0);
    CU_ASSERT_EQUAL((uint64_t)info.st_size, 44 + 4 * WAV_LIMIT);
    unlink(path);
    CU_ASSERT_PTR_NOT_NULL(wav_begin(&writer, "/nowhere/at/all.wav"));
    CU_ASSERT_PTR_NULL(wav_end(&writer));
}

static void test_kinds(void)
{
    uint8_t file[8192];
    WavSound sound;

    CU_ASSERT_PTR_NULL(wav_parse(&sound, file, make(file, 1, 24000, 100)));
    CU_ASSERT_EQUAL(sound.frames, 200);
    CU_ASSERT_EQUAL(sound.samples[0], 0);
    CU_ASSERT_EQUAL(sound.samples[2], 50); /* between two */
    CU_ASSERT_EQUAL(sound.samples[5], 100);
    CU_ASSERT_EQUAL(sound.samples[2 * 199], 9900);
    wav_free(&sound);
    CU_ASSERT_PTR_NULL(wav_parse(&sound, file, make(file, 2, 96000, 100)));
    CU_ASSERT_EQUAL(sound.frames, 50);
    CU_ASSERT_EQUAL(sound.samples[2], 400);
    CU_ASSERT_EQUAL(sound.samples[3], 500);
    wav_free(&sound);
}

static void test_refused(void)
{
    static const struct {
        unsigned at, bytes;
        uint32_t value;
    } wrong[] = {{0, 1, 'r'}, {8, 1, 'w'},         {24, 1, 'F'},       {32, 2, 3},  {34, 2, 0},
                 {34, 2, 3},  {36, 4, 3999},       {36, 4, 192001},    {46, 2, 24}, {48, 1, 'D'},
                 {52, 4, 0},  {28, 4, UINT32_MAX}, {16, 4, UINT32_MAX}};
    uint8_t file[1024];
    WavSound sound;

    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        const size_t size = make(file, 2, 48000, 10);

        put(file + wrong[i].at, wrong[i].bytes, wrong[i].value);
        CU_ASSERT_PTR_NOT_NULL(wav_parse(&sound, file, size));
        CU_ASSERT_PTR_NULL(sound.samples);
    }
    CU_ASSERT_PTR_NOT_NULL(wav_read(&sound, "/nowhere/at/all.wav"));
    CU_ASSERT_PTR_NOT_NULL(wav_read(&sound, "/tmp"));
}

/* Cut off anywhere, or with any byte changed: an answer, and nothing beyond the file is read. */
static void test_anything(void)
{
    uint8_t file[512];
    const size_t size = make(file, 2, 44100, 60);
    WavSound sound;

    for (size_t cut = 0; cut <= size; cut++) {
        uint8_t *copy = malloc(cut ? cut : 1);

        memcpy(copy, file, cut);
        if (!wav_parse(&sound, copy, cut)) {
            wav_free(&sound);
        }
        free(copy);
    }
    srand(1);
    for (unsigned i = 0; i < 20000; i++) {
        uint8_t *copy = malloc(size);

        memcpy(copy, file, size);
        for (unsigned n = 0; n < 3; n++) {
            copy[(unsigned)rand() % 60] = (uint8_t)rand();
        }
        if (!wav_parse(&sound, copy, size)) {
            wav_free(&sound);
        }
        free(copy);
    }
    CU_PASS("no access beyond the file");
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"written and read", test_round},     {"limit and errors", test_limit},
        {"mono and other rates", test_kinds}, {"refused files", test_refused},
        {"any file", test_anything},          CU_TEST_INFO_NULL};

    return run_suite("wav", tests);
}
