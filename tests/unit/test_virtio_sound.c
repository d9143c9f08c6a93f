/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The sound device (5.14) and a driver that does what Linux's does. */
#include <CUnit/Basic.h>
#include <string.h>

#include "suite.h"
#include "virtio/vsound_abi.h"
#include "virtio_fake.h"

#define PERIOD 960u /* bytes: 240 frames of 16 bits, stereo */
#define FRAMES (PERIOD / 4)
#define OUT    SOUND_OUT
#define IN     SOUND_IN

static struct fake_queue control, event, tx, rx;
static int32_t mix[4 * FRAMES * SOUND_CHANNELS];

static void start(void)
{
    fake_start();
    CU_ASSERT_NOT_EQUAL_FATAL(fake_negotiate(SLOT_SOUND, FAKE_VERSION1 | FAKE_INDIRECT), 0);
    fake_queue_start(&control, SLOT_SOUND, 0, 0);
    fake_queue_start(&event, SLOT_SOUND, 1, 0);
    fake_queue_start(&tx, SLOT_SOUND, 2, 0);
    fake_queue_start(&rx, SLOT_SOUND, 3, 0);
    fake_driver_ok(SLOT_SOUND);
}

/* A control request: its status; *answer, if not NULL, gets what is behind it. */
static uint32_t ask(const void *request, uint32_t len, void *answer, uint32_t room)
{
    struct fake_buf buf[2] = {{fake_alloc(len, 8), len, false},
                              {fake_alloc(4 + room, 8), 4 + room, true}};
    uint32_t status;

    memcpy(fake_at(buf[0].ipa), request, len);
    fake_add(&control, buf, 2, false);
    fake_kick(&control);
    CU_ASSERT_TRUE_FATAL(fake_get(&control, NULL) >= 0);
    memcpy(&status, fake_at(buf[1].ipa), 4);
    if (answer) {
        memcpy(answer, (uint8_t *)fake_at(buf[1].ipa) + 4, room);
    }
    return status;
}

static uint32_t go(uint32_t code, uint32_t stream)
{
    const struct sound_pcm_request request = {code, stream};

    return ask(&request, sizeof(request), NULL, 0);
}

static uint32_t set_params(uint32_t stream, uint8_t channels, uint8_t format)
{
    const struct sound_set_params params = {
        SOUND_R_PCM_SET_PARAMS, stream, 4 * PERIOD, PERIOD, 0, channels, format,
        SOUND_RATE_48000,       0};

    return ask(&params, sizeof(params), NULL, 0);
}

static void run(uint32_t stream)
{
    CU_ASSERT_EQUAL(set_params(stream, 2, SOUND_FMT_S16), SOUND_S_OK);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_PREPARE, stream), SOUND_S_OK);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_START, stream), SOUND_S_OK);
    CU_ASSERT_TRUE(sound_runs(&fake_devices.sound, stream));
}

/* A buffer of `len` bytes to play, all of that byte; returns where its status comes. */
static uint64_t give(uint32_t stream, uint32_t len, uint8_t byte)
{
    struct fake_buf buf[3] = {{fake_alloc(4, 8), 4, false},
                              {fake_alloc(len, 8), len, false},
                              {fake_alloc(8, 8), 8, true}};

    memcpy(fake_at(buf[0].ipa), &stream, 4);
    memset(fake_at(buf[1].ipa), byte, len);
    fake_add(&tx, buf, 3, false);
    fake_kick(&tx);
    return buf[2].ipa;
}

static uint32_t status_at(uint64_t ipa)
{
    uint32_t status;

    memcpy(&status, fake_at(ipa), 4);
    return status;
}

static void hear(unsigned frames, unsigned gain)
{
    memset(mix, 0, sizeof(mix));
    sound_mix(&fake_devices.sound, mix, frames, gain);
}

static void test_what_it_is(void)
{
    const struct sound_query jacks = {SOUND_R_JACK_INFO, 0, 2, sizeof(struct sound_jack_info)};
    const struct sound_query pcms = {SOUND_R_PCM_INFO, 0, 2, sizeof(struct sound_pcm_info)};
    const struct sound_query chmaps = {SOUND_R_CHMAP_INFO, 1, 1, sizeof(struct sound_chmap_info)};
    const struct sound_query many = {SOUND_R_PCM_INFO, 1, 2, sizeof(struct sound_pcm_info)};
    const struct sound_query tiny = {SOUND_R_PCM_INFO, 0, 2, sizeof(struct sound_pcm_info) - 1};
    struct sound_jack_info jack[2];
    struct sound_pcm_info pcm[2];
    struct sound_chmap_info chmap;

    start();
    CU_ASSERT_EQUAL(fake_read(SLOT_SOUND, 0x8), 25);
    CU_ASSERT_EQUAL(fake_read(SLOT_SOUND, 0x100), 2);
    CU_ASSERT_EQUAL(fake_read(SLOT_SOUND, 0x104), 2);
    CU_ASSERT_EQUAL(ask(&jacks, sizeof(jacks), jack, sizeof(jack)), SOUND_S_OK);
    CU_ASSERT_EQUAL(jack[0].defconf >> 20 & 0xf, 2);
    CU_ASSERT_EQUAL(jack[1].defconf >> 20 & 0xf, 1);
    CU_ASSERT_EQUAL(jack[0].connected, 0);
    CU_ASSERT_EQUAL(jack[1].connected, 1);
    CU_ASSERT_EQUAL(ask(&pcms, sizeof(pcms), pcm, sizeof(pcm)), SOUND_S_OK);
    CU_ASSERT_EQUAL(pcm[0].direction, 0);
    CU_ASSERT_EQUAL(pcm[1].direction, 1);
    CU_ASSERT_EQUAL(pcm[1].rates, 1u << SOUND_RATE_48000);
    CU_ASSERT_EQUAL(ask(&chmaps, sizeof(chmaps), &chmap, sizeof(chmap)), SOUND_S_OK);
    CU_ASSERT_EQUAL(chmap.direction, 1);
    CU_ASSERT_EQUAL(chmap.position[1], SOUND_CHMAP_FR);
    CU_ASSERT_EQUAL(ask(&many, sizeof(many), pcm, sizeof(pcm)), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ask(&tiny, sizeof(tiny), pcm, sizeof(pcm)), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ask(&pcms, sizeof(pcms), pcm, sizeof(pcm) - 1), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(go(SOUND_R_JACK_REMAP, 0), SOUND_S_NOT_SUPP);
    fake_end();
}

static uint32_t ctl(uint32_t code, uint32_t control, uint32_t value, void *answer, uint32_t room)
{
    struct {
        struct sound_ctl_request request;
        struct sound_ctl_value value;
    } message = {{code, control}, {{value}}};

    return ask(&message, code == SOUND_R_CTL_WRITE ? sizeof(message) : sizeof(message.request),
               answer, room);
}

/* Where the guest wants to be heard. */
static void test_route(void)
{
    const struct sound_query infos = {SOUND_R_CTL_INFO, 0, 1, sizeof(struct sound_ctl_info)};
    const struct sound_query more = {SOUND_R_CTL_INFO, 0, 2, sizeof(struct sound_ctl_info)};
    struct sound_ctl_info info[2];
    char items[SOUND_ROUTES][SOUND_CTL_ITEM];
    struct sound_ctl_value value;

    start();
    CU_ASSERT_TRUE(fake_read(SLOT_SOUND, 0x10) & SOUND_F_CTLS);
    CU_ASSERT_EQUAL(fake_read(SLOT_SOUND, 0x10c), 1);
    CU_ASSERT_EQUAL(ask(&infos, sizeof(infos), info, sizeof(info[0])), SOUND_S_OK);
    CU_ASSERT_STRING_EQUAL(info[0].name, "Output Select");
    CU_ASSERT_EQUAL(info[0].value.items, 2);
    CU_ASSERT_EQUAL(ask(&more, sizeof(more), info, sizeof(info)), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_ENUM_ITEMS, 0, 0, items, sizeof(items)), SOUND_S_OK);
    CU_ASSERT_STRING_EQUAL(items[SOUND_EARPIECE], "Earpiece");
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_ENUM_ITEMS, 0, 0, items, sizeof(items) - 1), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_READ, 0, 0, &value, sizeof(value)), SOUND_S_OK);
    CU_ASSERT_EQUAL(value.enumerated[0], SOUND_SPEAKER);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_WRITE, 0, SOUND_EARPIECE, NULL, 0), SOUND_S_OK);
    CU_ASSERT_EQUAL(fake_devices.sound.route, SOUND_EARPIECE);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_WRITE, 0, SOUND_ROUTES, NULL, 0), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_WRITE, 1, 0, NULL, 0), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_READ, 0, 0, NULL, 0), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(ctl(SOUND_R_CTL_WRITE + 1, 0, 0, NULL, 0), SOUND_S_NOT_SUPP);
    CU_ASSERT_EQUAL(fake_devices.sound.route, SOUND_EARPIECE);
    fake_end();
}

static void test_states(void)
{
    start();
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_START, OUT), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_PREPARE, OUT), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(set_params(OUT, 3, SOUND_FMT_S16), SOUND_S_NOT_SUPP);
    CU_ASSERT_EQUAL(set_params(OUT, 0, SOUND_FMT_S16), SOUND_S_NOT_SUPP);
    CU_ASSERT_EQUAL(set_params(OUT, 2, 4), SOUND_S_NOT_SUPP);
    CU_ASSERT_EQUAL(set_params(OUT, 2, 255), SOUND_S_NOT_SUPP);
    CU_ASSERT_EQUAL(set_params(2, 2, SOUND_FMT_S16), SOUND_S_BAD_MSG);
    fake.sound_changes = 0;
    run(OUT);
    CU_ASSERT_TRUE(fake.sound_changes > 0);
    CU_ASSERT_FALSE(sound_runs(&fake_devices.sound, IN));
    CU_ASSERT_EQUAL(set_params(OUT, 2, SOUND_FMT_S16), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_RELEASE, OUT), SOUND_S_BAD_MSG);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_STOP, OUT), SOUND_S_OK);
    CU_ASSERT_FALSE(sound_runs(&fake_devices.sound, OUT));
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_START, OUT), SOUND_S_OK);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_STOP, OUT), SOUND_S_OK);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_RELEASE, OUT), SOUND_S_OK);
    CU_ASSERT_EQUAL(set_params(OUT, 1, SOUND_FMT_S32), SOUND_S_OK);
    run(OUT);
    fake_write(SLOT_SOUND, 0x70, 0);
    CU_ASSERT_FALSE(sound_runs(&fake_devices.sound, OUT));
    fake_end();
}

/* Buffers come back one by one as they are taken, and what is missing is silence. */
static void test_play(void)
{
    uint64_t status;

    start();
    CU_ASSERT_EQUAL(set_params(OUT, 2, SOUND_FMT_S16), SOUND_S_OK);
    status = give(OUT, PERIOD, 1); /* before it is prepared */
    CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0);
    CU_ASSERT_EQUAL(status_at(status), SOUND_S_IO_ERR);
    run(OUT);
    status = give(OUT, PERIOD, 1);
    give(OUT, PERIOD, 2);
    CU_ASSERT_EQUAL(fake_get(&tx, NULL), -1);
    hear(FRAMES - 1, 256);
    CU_ASSERT_EQUAL(mix[0], 0x101);
    CU_ASSERT_EQUAL(mix[2 * FRAMES - 3], 0x101);
    CU_ASSERT_EQUAL(fake_get(&tx, NULL), -1);
    fake_ack(SLOT_SOUND);
    hear(2, 256);
    CU_ASSERT_EQUAL(mix[0], 0x101);
    CU_ASSERT_EQUAL(mix[2], 0x202);
    CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0);
    CU_ASSERT_EQUAL(status_at(status), SOUND_S_OK);
    CU_ASSERT_EQUAL(fake_ack(SLOT_SOUND), 1);
    hear(2 * FRAMES, 128);
    CU_ASSERT_EQUAL(mix[0], 0x101);
    CU_ASSERT_EQUAL(mix[2 * (FRAMES - 2)], 0x101);
    CU_ASSERT_EQUAL(mix[2 * (FRAMES - 1)], 0); /* nothing more */
    CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0);
    CU_ASSERT_EQUAL(fake_devices.sound.counts.underruns, 0);
    give(OUT, PERIOD, 3);
    CU_ASSERT_EQUAL(fake_devices.sound.counts.underruns, 1);
    hear(2 * FRAMES, 256); /* Linux: an underrun is an end and a start */
    go(SOUND_R_PCM_STOP, OUT);
    go(SOUND_R_PCM_RELEASE, OUT);
    go(SOUND_R_PCM_PREPARE, OUT);
    CU_ASSERT_EQUAL(fake_devices.sound.counts.underruns, 1);
    go(SOUND_R_PCM_START, OUT);
    CU_ASSERT_EQUAL(fake_devices.sound.counts.underruns, 2);
    hear(FRAMES, 256);
    go(SOUND_R_PCM_STOP, OUT);
    go(SOUND_R_PCM_RELEASE, OUT);
    run(OUT); /* another one's stream */
    CU_ASSERT_EQUAL(fake_devices.sound.counts.underruns, 2);
    fake_end();
}

static void test_kinds(void)
{
    start();
    CU_ASSERT_EQUAL(set_params(OUT, 1, SOUND_FMT_S32), SOUND_S_OK);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_PREPARE, OUT), SOUND_S_OK);
    give(OUT, 40, 0x7f);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_START, OUT), SOUND_S_OK);
    hear(12, 256);
    CU_ASSERT_EQUAL(mix[0], 0x7f7f);
    CU_ASSERT_EQUAL(mix[1], 0x7f7f);
    CU_ASSERT_EQUAL(mix[19], 0x7f7f);
    CU_ASSERT_EQUAL(mix[20], 0);
    fake_end();
}

/* Too much, too many, for a stream that there is not: an error for that buffer only. */
static void test_refused(void)
{
    uint64_t status;

    start();
    run(OUT);
    status = give(IN, PERIOD, 1);
    CU_ASSERT_EQUAL(status_at(status), SOUND_S_IO_ERR);
    give(OUT, SOUND_RING - 4, 1);
    status = give(OUT, 8, 1);
    CU_ASSERT_EQUAL(status_at(status), SOUND_S_IO_ERR);
    status = give(OUT, 4, 1);
    CU_ASSERT_EQUAL(status_at(status), SOUND_S_OK);
    CU_ASSERT_EQUAL(fake.complaints, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_SOUND, 0x70), 15);
    fake_end();
}

/* RELEASE gives all buffers back, of both streams. */
static void test_release(void)
{
    struct fake_buf buf[2] = {{0, 4, false}, {0, PERIOD + 8, true}};
    const uint32_t stream = IN;

    start();
    run(OUT);
    for (unsigned i = 0; i < 3; i++) {
        give(OUT, PERIOD, 1);
    }
    go(SOUND_R_PCM_STOP, OUT);
    CU_ASSERT_EQUAL(fake_get(&tx, NULL), -1);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_RELEASE, OUT), SOUND_S_OK);
    for (unsigned i = 0; i < 3; i++) {
        CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0);
    }
    run(IN);
    buf[0].ipa = fake_alloc(4, 8);
    memcpy(fake_at(buf[0].ipa), &stream, 4);
    for (unsigned i = 0; i < 3; i++) {
        buf[1].ipa = fake_alloc(PERIOD + 8, 8);
        fake_add(&rx, buf, 2, true);
    }
    go(SOUND_R_PCM_STOP, IN);
    CU_ASSERT_EQUAL(go(SOUND_R_PCM_RELEASE, IN), SOUND_S_OK);
    for (unsigned i = 0; i < 3; i++) {
        uint32_t written = 0;

        CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
        CU_ASSERT_EQUAL(written, 8);
    }
    fake_end();
}

/* A buffer of the driver for a period to record; returns where the data come. */
static uint64_t want(void)
{
    struct fake_buf buf[3] = {{fake_alloc(4, 8), 4, false},
                              {fake_alloc(PERIOD, 8), PERIOD, true},
                              {fake_alloc(8, 8), 8, true}};
    const uint32_t stream = IN;

    memcpy(fake_at(buf[0].ipa), &stream, 4);
    fake_add(&rx, buf, 3, false);
    return buf[1].ipa;
}

static void test_record(void)
{
    int16_t voice[4 * FRAMES];
    uint32_t written = 0;
    uint64_t data;

    start();
    for (unsigned i = 0; i < 4 * FRAMES; i++) {
        voice[i] = (int16_t)i;
    }
    sound_capture(&fake_devices.sound, voice, FRAMES); /* nobody records */
    run(IN);
    sound_capture(&fake_devices.sound, voice, FRAMES / 2);
    data = want();
    want();
    CU_ASSERT_EQUAL(fake_get(&rx, &written), -1);
    sound_capture(&fake_devices.sound, voice + FRAMES, FRAMES / 2);
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    CU_ASSERT_EQUAL(written, PERIOD + 8);
    CU_ASSERT_EQUAL(memcmp(fake_at(data), voice, PERIOD), 0);
    CU_ASSERT_EQUAL(fake_devices.sound.counts.overruns, 0);
    for (unsigned i = 0; i < 10; i++) { /* the last buffer stays here, and nothing waits */
        sound_capture(&fake_devices.sound, voice, FRAMES);
    }
    CU_ASSERT_EQUAL(fake_get(&rx, &written), -1);
    CU_ASSERT_EQUAL(fake_devices.sound.counts.overruns, 10);
    want();
    want();
    sound_capture(&fake_devices.sound, voice, FRAMES);
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    CU_ASSERT_EQUAL(fake_get(&rx, &written), -1);
    fake_end();
}

static void test_jacks(void)
{
    struct fake_buf buf = {0, 8, true};
    struct sound_event told;

    start();
    buf.ipa = fake_alloc(8, 8);
    fake_add(&event, &buf, 1, false);
    sound_plug(&fake_devices.sound, true);
    CU_ASSERT_TRUE(fake_get(&event, NULL) >= 0);
    memcpy(&told, fake_at(buf.ipa), sizeof(told));
    CU_ASSERT_EQUAL(told.code, SOUND_EVT_JACK_CONNECTED);
    CU_ASSERT_EQUAL(told.data, 0);
    sound_plug(&fake_devices.sound, true);
    fake_add(&event, &buf, 1, false);
    fake_kick(&event);
    CU_ASSERT_EQUAL(fake_get(&event, NULL), -1);
    sound_plug(&fake_devices.sound, false);
    CU_ASSERT_TRUE(fake_get(&event, NULL) >= 0);
    memcpy(&told, fake_at(buf.ipa), sizeof(told));
    CU_ASSERT_EQUAL(told.code, SOUND_EVT_JACK_DISCONNECTED);
    sound_plug(&fake_devices.sound, true); /* no buffer: told when there is one */
    fake_add(&event, &buf, 1, false);
    fake_kick(&event);
    CU_ASSERT_TRUE(fake_get(&event, NULL) >= 0);
    memcpy(&told, fake_at(buf.ipa), sizeof(told));
    CU_ASSERT_EQUAL(told.code, SOUND_EVT_JACK_CONNECTED);
    fake_end();
}

static void test_broken(void)
{
    struct fake_buf buf[2] = {{0, 2, false}, {0, 8, true}};

    start();
    run(OUT);
    buf[0].ipa = fake_alloc(8, 8);
    buf[1].ipa = fake_alloc(8, 8);
    fake_add(&tx, buf, 2, false); /* no whole header */
    fake_kick(&tx);
    CU_ASSERT_TRUE(fake_read(SLOT_SOUND, 0x70) & 0x40);
    CU_ASSERT_EQUAL(fake.complaints, 1);
    hear(FRAMES, 256);
    fake_end();
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"what it is", test_what_it_is},
                                        {"states of a stream", test_states},
                                        {"the route", test_route},
                                        {"playing", test_play},
                                        {"32 bits and mono", test_kinds},
                                        {"refused buffers", test_refused},
                                        {"release", test_release},
                                        {"recording", test_record},
                                        {"jacks", test_jacks},
                                        {"broken request", test_broken},
                                        CU_TEST_INFO_NULL};

    return run_suite("virtio sound", tests);
}
