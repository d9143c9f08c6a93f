/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the phone plays, on this computer: SDL2's audio, which knows PulseAudio, PipeWire, ALSA and
 * others. The phone's time is the phone's: what the computer has not played in time is left out.
 *
 * The device is open only while there is something to play, because an open one costs wake-ups.
 * Opening it takes a while, so a thread of its own does it.
 */
#include <SDL.h>
#include <gio/gio.h>
#include <string.h>

#include "frontends/speaker.h"
#include "machine/sound.h"

#define RATE     48000
#define CHANNELS 2
#define DEVICE   1024u       /* frames that the device takes at a time */
#define LEAD     (RATE / 20) /* of silence before the first sound: 50 ms */
#define BEHIND   (RATE / 4)  /* frames that wait at most */
#define REST_US  G_USEC_PER_SEC

/* There is one phone in a process. */
static struct {
    struct frontend frontend;
    char *driver; /* SDL's name; NULL: which one is left to SDL */
    GThread *thread;
    GMutex lock; /* of all that follows */
    GCond news;
    bool ending;
    int16_t samples[BEHIND * CHANNELS]; /* not yet given to the device */
    unsigned frames;
} speaker;

/* From the machine's threads. */
static void play(const int16_t *samples, unsigned frames)
{
    g_mutex_lock(&speaker.lock);
    if (frames <= BEHIND - speaker.frames) {
        memcpy(speaker.samples + speaker.frames * CHANNELS, samples,
               frames * CHANNELS * sizeof(*samples));
        speaker.frames += frames;
        g_cond_signal(&speaker.news);
    }
    g_mutex_unlock(&speaker.lock);
}

/* 0: it cannot be. */
static SDL_AudioDeviceID open_device(void)
{
    const SDL_AudioSpec wanted = {
        .freq = RATE, .format = AUDIO_S16LSB, .channels = CHANNELS, .samples = DEVICE};

    return SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
}

static void queue(SDL_AudioDeviceID device, const int16_t *samples, unsigned frames)
{
    const Uint32 size = CHANNELS * sizeof(*samples);

    if (SDL_GetQueuedAudioSize(device) <= BEHIND * size) {
        SDL_QueueAudio(device, samples, frames * size);
    }
}

/* Waits for something to play, as long as the device may stay open. With the lock. */
static bool wait_for_sound(bool is_open)
{
    const gint64 end = g_get_monotonic_time() + REST_US;

    while (!speaker.frames && !speaker.ending) {
        if (!is_open) {
            g_cond_wait(&speaker.news, &speaker.lock);
        } else if (!g_cond_wait_until(&speaker.news, &speaker.lock, end)) {
            return false;
        }
    }
    return !speaker.ending;
}

/* Plays until nothing has come for a while. With the lock, which it gives away meanwhile. */
static void play_on(void)
{
    static int16_t samples[BEHIND * CHANNELS];
    static const int16_t silence[LEAD * CHANNELS];
    SDL_AudioDeviceID device;
    unsigned frames;

    g_mutex_unlock(&speaker.lock);
    device = open_device();
    queue(device, silence, LEAD);
    SDL_PauseAudioDevice(device, 0);
    g_mutex_lock(&speaker.lock);
    while (wait_for_sound(true)) {
        frames = speaker.frames;
        memcpy(samples, speaker.samples, frames * CHANNELS * sizeof(*samples));
        speaker.frames = 0;
        g_mutex_unlock(&speaker.lock);
        queue(device, samples, frames);
        g_mutex_lock(&speaker.lock);
    }
    g_mutex_unlock(&speaker.lock);
    SDL_CloseAudioDevice(device);
    g_mutex_lock(&speaker.lock);
}

static gpointer run(gpointer data)
{
    g_mutex_lock(&speaker.lock);
    while (wait_for_sound(false)) {
        play_on();
    }
    g_mutex_unlock(&speaker.lock);
    return data;
}

static bool speaker_start(struct frontend *self, GError **error)
{
    SDL_AudioDeviceID device = 0;

    (void)self;
    if ((speaker.driver ? SDL_AudioInit(speaker.driver) : SDL_InitSubSystem(SDL_INIT_AUDIO)) == 0) {
        device = open_device();
    }
    if (!device) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", SDL_GetError());
        return false;
    }
    SDL_CloseAudioDevice(device);
    speaker.thread = g_thread_new("speaker", run, NULL);
    sound_listen(play);
    return true;
}

static void speaker_finish(struct frontend *self)
{
    (void)self;
    g_mutex_lock(&speaker.lock);
    speaker.ending = true;
    g_cond_signal(&speaker.news);
    g_mutex_unlock(&speaker.lock);
    g_clear_pointer(&speaker.thread, g_thread_join);
    g_clear_pointer(&speaker.driver, g_free);
}

struct frontend *frontend_speaker_new(const char *driver)
{
    static const struct frontend_ops ops = {
        .name = "speaker", .start = speaker_start, .finish = speaker_finish};

    speaker.frontend.ops = &ops;
    speaker.driver = g_strdup(driver);
    return &speaker.frontend;
}
