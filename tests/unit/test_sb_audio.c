/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Who sounds, how loud, who hears the microphone, and when the part rests: two personas and a sound
 * part of ours. */
#include "audio/audio.h"
#include "audio/mixer.h"
#include "drivers/gpio.h"
#include "drivers/keys.h"
#include "drivers/lpaif.h"
#include "el1/log.h"
#include "screen/compositor.h"
#include "suite.h"
#include "vm/vms.h"

#include <string.h>

#define AMPLIFIER 6u
#define LEVEL     1000

static struct vm vms[2] = {{.index = 0, .state = PB_VM_RUNNING},
                           {.index = 1, .state = PB_VM_RUNNING}};
static struct vm_config config[2];
static struct sound_dev sound[2];
static bool runs[2][SOUND_STREAMS]; /* of each device, what its driver runs */
static unsigned captured[2];        /* frames, */
static int16_t heard[2];            /* and the last sample of them */
static struct vm *front;
static bool shown[2]; /* in the bar */
static bool plays, records, amplifier;
static const struct lpaif_user *part;
static void (*plug)(bool in);

/* ---- The machine ---------------------------------------------------------------------------- */

void log_line(const char *format, ...)
{
    (void)format;
}

bool lpaif_init(const struct board *board, const struct lpaif_user *user)
{
    (void)board;
    part = user;
    return true;
}

void lpaif_play(bool on)
{
    plays = on;
}

void lpaif_record(bool on)
{
    records = on;
}

unsigned lpaif_late(void)
{
    return 3;
}

bool keys_watch(const struct board *board, uint32_t line, void (*changed)(bool level))
{
    (void)board;
    (void)line;
    plug = changed;
    return false;
}

void gpio_set(unsigned line, bool high)
{
    CU_ASSERT_EQUAL(line, AMPLIFIER);
    amplifier = high;
}

struct vm *compositor_front(void)
{
    return front;
}

void compositor_microphone(struct vm *vm, bool on)
{
    shown[vm->index] = on;
}

const struct vm_config *vms_config(const struct vm *vm)
{
    return &config[vm->index];
}

bool sound_runs(const struct sound_dev *dev, enum sound_stream_id stream)
{
    return runs[dev - sound][stream];
}

void sound_mix(struct sound_dev *dev, int32_t *mix, unsigned frames, unsigned gain)
{
    for (unsigned i = 0; runs[dev - sound][SOUND_OUT] && i < frames * SOUND_CHANNELS; i++) {
        mix[i] += LEVEL * (int32_t)gain / 256;
    }
}

void sound_capture(struct sound_dev *dev, const int16_t *samples, unsigned frames)
{
    captured[dev - sound] += frames;
    heard[dev - sound] = samples[0];
}

void sound_plug(struct sound_dev *dev, bool in)
{
    dev->plugged = in;
}

/* ---- Tests ---------------------------------------------------------------------------------- */

static void begin(void)
{
    static const struct board board = {.amplifier_line = AMPLIFIER};
    static bool begun;

    if (!begun) {
        begun = true;
        audio_init(&board);
        audio_attach(&vms[0], &sound[0]);
        audio_attach(&vms[1], &sound[1]);
    }
    memset(runs, 0, sizeof(runs));
    memset(captured, 0, sizeof(captured));
    vms[0].state = vms[1].state = PB_VM_RUNNING;
    front = &vms[0];
    audio_update();
}

/* What is played after some periods. */
static int16_t after(unsigned periods)
{
    int16_t samples[LPAIF_PERIOD * LPAIF_CHANNELS] = {0};

    while (periods--) {
        part->fill(samples);
    }
    return samples[0];
}

static void test_mix(void)
{
    begin();
    CU_ASSERT_FALSE(plays);
    runs[0][SOUND_OUT] = true;
    audio_update();
    CU_ASSERT_TRUE(plays && amplifier && !records);
    CU_ASSERT_EQUAL(after(20), LEVEL);
    runs[1][SOUND_OUT] = true;
    CU_ASSERT_EQUAL(after(20), LEVEL + LEVEL / 4);
    front = &vms[1];
    audio_update();
    CU_ASSERT_TRUE(after(1) > LEVEL); /* no jump */
    CU_ASSERT_EQUAL(after(20), LEVEL + LEVEL / 4);
    config[0].sound = VM_SOUND_FRONT;
    CU_ASSERT_EQUAL(after(20), LEVEL);
    config[0].sound = VM_SOUND_MIXED;
    CU_ASSERT_EQUAL(after(20), 2 * LEVEL);
    config[0].sound = VM_SOUND_DUCKED;
}

/* What was last given is played to its end before the part rests; who stands still counts for
 * nothing. */
static void test_rest(void)
{
    begin();
    runs[0][SOUND_OUT] = true;
    audio_update();
    after(5);
    runs[0][SOUND_OUT] = false;
    audio_update();
    after(LPAIF_LEAD);
    CU_ASSERT_TRUE(plays);
    after(5);
    CU_ASSERT_FALSE(plays || amplifier);
    runs[0][SOUND_OUT] = true;
    vms[0].state = PB_VM_PAUSED;
    audio_update();
    CU_ASSERT_FALSE(plays);
    vms[0].state = PB_VM_RUNNING;
    audio_update();
    CU_ASSERT_TRUE(plays);
}

static void test_microphone(void)
{
    int16_t voice[LPAIF_PERIOD * LPAIF_CHANNELS] = {77};

    begin();
    after(20);
    runs[0][SOUND_IN] = true;
    audio_update();
    CU_ASSERT_TRUE(records && shown[0] && !shown[1]);
    part->take(voice);
    CU_ASSERT_EQUAL(captured[0], LPAIF_PERIOD);
    CU_ASSERT_EQUAL(heard[0], 77);
    front = &vms[1]; /* silence from now on, by the other clock */
    audio_update();
    CU_ASSERT_TRUE(!records && !shown[0] && plays);
    part->take(voice);
    CU_ASSERT_EQUAL(captured[0], LPAIF_PERIOD);
    after(1);
    CU_ASSERT_EQUAL(captured[0], 2 * LPAIF_PERIOD);
    CU_ASSERT_EQUAL(heard[0], 0);
    config[0].microphone = VM_MICROPHONE_ALWAYS;
    audio_update();
    CU_ASSERT_TRUE(records && shown[0]);
    vms[0].state = PB_VM_STOPPED;
    audio_update();
    CU_ASSERT_FALSE(records || shown[0]);
    config[0].microphone = VM_MICROPHONE_FRONT;
}

static void test_headset(void)
{
    char text[100];

    begin();
    runs[0][SOUND_OUT] = true;
    audio_update();
    CU_ASSERT_TRUE(amplifier);
    plug(true);
    CU_ASSERT_TRUE(sound[0].plugged && sound[1].plugged && !amplifier);
    plug(false);
    CU_ASSERT_TRUE(!sound[0].plugged && amplifier);
    sound[0].counts.underruns = 1;
    sound[1].counts.underruns = 2;
    audio_stats(text, sizeof(text));
    CU_ASSERT_STRING_EQUAL(text, "sound_underruns=3 sound_overruns=0 sound_late=3");
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"mix", test_mix},
                                        {"rest", test_rest},
                                        {"microphone", test_microphone},
                                        {"headset", test_headset},
                                        CU_TEST_INFO_NULL};

    return run_suite("audio", tests);
}
