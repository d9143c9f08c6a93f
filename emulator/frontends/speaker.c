/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the phone plays, on this computer: SDL2's audio, which knows PulseAudio, PipeWire, ALSA and
 * others. The phone's time is the phone's: what the computer has not played in time is left out.
 */
#include <SDL.h>
#include <gio/gio.h>

#include "frontends/speaker.h"
#include "machine/sound.h"

#define RATE        48000
#define CHANNELS    2
#define FRAME_BYTES (CHANNELS * 2)
#define DEVICE      1024u       /* frames that the device takes at a time */
#define LEAD        (RATE / 20) /* of silence before the first sound: 50 ms */
#define BEHIND      (RATE / 4)  /* frames that wait at most */
#define REST_MS     1000u       /* after the last sound the device rests */

/* There is one phone in a process. The sink comes from the machine's thread. */
static struct {
    struct frontend frontend;
    char *driver; /* SDL's name; NULL: which one is left to SDL */
    GMutex lock;
    SDL_AudioDeviceID device; /* 0: not open */
    bool active;              /* the device runs */
    gint64 last;              /* us: when something came */
} speaker;

/* SDL's thread. */
static Uint32 rest(Uint32 interval, void *opaque)
{
    (void)opaque;
    g_mutex_lock(&speaker.lock);
    if (speaker.active && g_get_monotonic_time() - speaker.last > REST_MS * 1000) {
        SDL_PauseAudioDevice(speaker.device, 1);
        SDL_ClearQueuedAudio(speaker.device);
        speaker.active = false;
    }
    interval = speaker.active ? interval : 0; /* 0: the timer ends */
    g_mutex_unlock(&speaker.lock);
    return interval;
}

static void begin(void)
{
    static const int16_t silence[LEAD * CHANNELS];

    SDL_QueueAudio(speaker.device, silence, sizeof(silence));
    SDL_PauseAudioDevice(speaker.device, 0);
    speaker.active = true;
    SDL_AddTimer(REST_MS, rest, NULL);
}

static void play(const int16_t *samples, unsigned frames)
{
    g_mutex_lock(&speaker.lock);
    if (speaker.device) {
        speaker.last = g_get_monotonic_time();
        if (!speaker.active) {
            begin();
        }
        if (SDL_GetQueuedAudioSize(speaker.device) <= BEHIND * FRAME_BYTES) {
            SDL_QueueAudio(speaker.device, samples, frames * FRAME_BYTES);
        }
    }
    g_mutex_unlock(&speaker.lock);
}

static bool speaker_start(struct frontend *self, GError **error)
{
    const SDL_AudioSpec wanted = {
        .freq = RATE, .format = AUDIO_S16LSB, .channels = CHANNELS, .samples = DEVICE};
    SDL_AudioDeviceID device = 0;

    (void)self;
    if (SDL_InitSubSystem(SDL_INIT_TIMER) == 0 &&
        (speaker.driver ? SDL_AudioInit(speaker.driver) : SDL_InitSubSystem(SDL_INIT_AUDIO)) == 0) {
        device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    }
    if (!device) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", SDL_GetError());
        return false;
    }
    g_mutex_lock(&speaker.lock);
    speaker.device = device;
    g_mutex_unlock(&speaker.lock);
    sound_listen(play);
    return true;
}

/* Nothing comes from the machine any more once the lock has been given. */
static void speaker_finish(struct frontend *self)
{
    SDL_AudioDeviceID device;

    (void)self;
    g_mutex_lock(&speaker.lock);
    device = speaker.device;
    speaker.device = 0;
    speaker.active = false;
    g_mutex_unlock(&speaker.lock);
    if (device) {
        SDL_CloseAudioDevice(device);
    }
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
