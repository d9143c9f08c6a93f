/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "audio.h"

#include <stdio.h>
#include <string.h>

#include "drivers/gpio.h"
#include "drivers/keys.h"
#include "drivers/lpaif.h"
#include "mixer.h"
#include "screen/compositor.h"
#include "vm/vms.h"

#include "el1/log.h"

#define SAMPLES (LPAIF_PERIOD * LPAIF_CHANNELS)
#define TAIL    (LPAIF_LEAD + 2u) /* periods till the last sound has been played */

struct user {
    struct vm *vm;
    struct sound_dev *sound;
    unsigned gain;
    bool listens; /* it hears the microphone */
};

static struct {
    struct user user[PB_MAX_VMS];
    unsigned users;
    bool present;
    bool headset;
    unsigned rest;      /* periods since the last one that somebody wanted */
    uint32_t amplifier; /* line of the GPIO */
} audio;

static bool is_front(const struct user *user)
{
    return user->vm == compositor_front();
}

static bool runs(const struct user *user, enum sound_stream_id stream)
{
    return user->vm->state == PB_VM_RUNNING && sound_runs(user->sound, stream);
}

static bool may_record(const struct user *user)
{
    return mixer_may_record(vms_config(user->vm)->microphone, is_front(user));
}

/* Who records without being allowed to hears silence, by the clock of what is played. */
static bool hears_silence(const struct user *user)
{
    return runs(user, SOUND_IN) && !may_record(user);
}

static bool plays_anything(void)
{
    for (unsigned i = 0; i < audio.users; i++) {
        if (runs(&audio.user[i], SOUND_OUT) || hears_silence(&audio.user[i])) {
            return true;
        }
    }
    return false;
}

static void add_user(struct user *user, int32_t *mix)
{
    static const int16_t silence[SAMPLES];

    user->gain = mixer_step(user->gain, mixer_gain(vms_config(user->vm)->sound, is_front(user)));
    if (user->vm->state == PB_VM_RUNNING) {
        sound_mix(user->sound, mix, LPAIF_PERIOD, user->gain);
    }
    if (hears_silence(user)) {
        sound_capture(user->sound, silence, LPAIF_PERIOD);
    }
}

static void fill(int16_t *samples)
{
    static int32_t mix[SAMPLES];

    memset(mix, 0, sizeof(mix));
    for (unsigned i = 0; i < audio.users; i++) {
        add_user(&audio.user[i], mix);
    }
    mixer_finish(mix, samples, SAMPLES);
    audio.rest = plays_anything() ? 0 : audio.rest + 1;
    if (audio.rest > TAIL) {
        lpaif_play(false);
        gpio_set(audio.amplifier, false);
    }
}

static void take(const int16_t *samples)
{
    for (unsigned i = 0; i < audio.users; i++) {
        if (audio.user[i].listens && runs(&audio.user[i], SOUND_IN)) {
            sound_capture(audio.user[i].sound, samples, LPAIF_PERIOD);
        }
    }
}

static const struct lpaif_user user_of_part = {fill, take};

/* The bar shows who hears the microphone. */
static void update_user(struct user *user)
{
    const bool listens = runs(user, SOUND_IN) && may_record(user);

    if (user->listens != listens) {
        user->listens = listens;
        compositor_microphone(user->vm, listens);
    }
}

/* Where the persona in front wants to be heard; a headset is heard instead of both. */
static bool wants_speaker(void)
{
    for (unsigned i = 0; i < audio.users; i++) {
        if (is_front(&audio.user[i])) {
            return audio.user[i].sound->route == SOUND_SPEAKER;
        }
    }
    return true;
}

void audio_update(void)
{
    bool records = false;

    for (unsigned i = 0; i < audio.users; i++) {
        update_user(&audio.user[i]);
        records |= audio.user[i].listens;
    }
    lpaif_record(records);
    if (plays_anything()) {
        audio.rest = 0;
        lpaif_play(true);
        gpio_set(audio.amplifier, !audio.headset && wants_speaker());
    }
}

static void plugged(bool in)
{
    audio.headset = in;
    for (unsigned i = 0; i < audio.users; i++) {
        sound_plug(audio.user[i].sound, in);
    }
    audio_update();
}

bool audio_present(void)
{
    return audio.present;
}

void audio_attach(struct vm *vm, struct sound_dev *sound)
{
    struct user *user = &audio.user[audio.users++];

    *user = (struct user){.vm = vm, .sound = sound};
    sound_plug(sound, audio.headset);
}

void audio_init(const struct board *board)
{
    audio.present = lpaif_init(board, &user_of_part);
    audio.amplifier = board->amplifier_line;
    audio.headset = keys_watch(board, board->headset_line, plugged);
    log_line("sound: %s", audio.present ? "yes" : "no");
}

void audio_stats(char *text, size_t size)
{
    unsigned underruns = 0, overruns = 0;

    for (unsigned i = 0; i < audio.users; i++) {
        underruns += audio.user[i].sound->counts.underruns;
        overruns += audio.user[i].sound->counts.overruns;
    }
    snprintf(text, size, "sound_underruns=%u sound_overruns=%u sound_late=%u", underruns, overruns,
             lpaif_late());
}
