/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * This computer's microphone for the phone's, by SDL2. The part asks for samples while something
 * records; a thread of its own opens the device then, and closes it when nobody has asked for a
 * second. What comes too late is left out, what is missing is silence.
 */
#include <SDL.h>
#include <gio/gio.h>
#include <string.h>

#include "frontends/microphone.h"
#include "machine/sound.h"

#define RATE     48000
#define CHANNELS 2
#define DEVICE   480u        /* frames that the device gives at a time */
#define BEHIND   (RATE / 4)  /* frames that wait at most */
#define LEAD     (RATE / 10) /* frames that wait before the first is given: 100 ms */
#define REST_US  G_USEC_PER_SEC

/* There is one phone in a process. */
static struct {
    char *driver; /* SDL's name; NULL: which one is left to SDL */
    GThread *thread;
    GMutex lock; /* of all that follows */
    GCond news;
    bool on;
    bool filling;    /* until LEAD wait: one gap, where the clocks differ, is better than many */
    gint64 asked_us; /* when samples were last asked for; 0: never */
    int16_t samples[BEHIND * CHANNELS]; /* that wait, from `first` on, around the end */
    unsigned first, frames;
} mic;

static int16_t *at(unsigned frame)
{
    return mic.samples + (mic.first + frame) % BEHIND * CHANNELS;
}

/* From SDL's thread. The oldest give way. */
static void heard(void *opaque, Uint8 *bytes, int length)
{
    const unsigned frames = (unsigned)length / (CHANNELS * sizeof(int16_t));
    const int16_t *samples = (const int16_t *)(const void *)bytes;

    (void)opaque;
    g_mutex_lock(&mic.lock);
    for (unsigned i = 0; i < frames; i++) {
        if (mic.frames == BEHIND) {
            mic.first = (mic.first + 1) % BEHIND;
            mic.frames--;
        }
        memcpy(at(mic.frames), samples + i * CHANNELS, CHANNELS * sizeof(*samples));
        mic.frames++;
    }
    g_mutex_unlock(&mic.lock);
}

/* From the machine's threads, with samples of silence. */
static void give(int16_t *samples, unsigned frames)
{
    g_mutex_lock(&mic.lock);
    mic.filling = mic.filling ? mic.frames < LEAD : !mic.frames;
    for (unsigned i = 0; i < frames && mic.frames && !mic.filling; i++, mic.frames--) {
        memcpy(samples + i * CHANNELS, at(0), CHANNELS * sizeof(*samples));
        mic.first = (mic.first + 1) % BEHIND;
    }
    mic.asked_us = g_get_monotonic_time();
    g_cond_signal(&mic.news);
    g_mutex_unlock(&mic.lock);
}

/* 0: it cannot be. */
static SDL_AudioDeviceID open_device(void)
{
    const SDL_AudioSpec wanted = {.freq = RATE,
                                  .format = AUDIO_S16LSB,
                                  .channels = CHANNELS,
                                  .samples = DEVICE,
                                  .callback = heard};

    return SDL_OpenAudioDevice(NULL, 1, &wanted, NULL, 0);
}

/* With the lock. */
static bool is_asked(void)
{
    return mic.asked_us && g_get_monotonic_time() - mic.asked_us < REST_US;
}

/* Until nobody asks any more. With the lock, which it gives away meanwhile. */
static void listen_on(void)
{
    SDL_AudioDeviceID device;

    mic.frames = 0;
    g_mutex_unlock(&mic.lock);
    device = open_device();
    SDL_PauseAudioDevice(device, 0);
    g_mutex_lock(&mic.lock);
    while (mic.on && is_asked()) {
        g_cond_wait_until(&mic.news, &mic.lock, g_get_monotonic_time() + REST_US);
    }
    g_mutex_unlock(&mic.lock);
    SDL_CloseAudioDevice(device);
    g_mutex_lock(&mic.lock);
}

static gpointer run(gpointer data)
{
    g_mutex_lock(&mic.lock);
    while (mic.on) {
        if (is_asked()) {
            listen_on();
        } else {
            g_cond_wait(&mic.news, &mic.lock);
        }
    }
    g_mutex_unlock(&mic.lock);
    return data;
}

static bool try_device(GError **error)
{
    SDL_AudioDeviceID device = 0;

    if (g_strcmp0(mic.driver, "none") == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "the phone was started with --audio none");
        return false;
    }
    if (SDL_GetCurrentAudioDriver() ||
        (mic.driver ? SDL_AudioInit(mic.driver) : SDL_InitSubSystem(SDL_INIT_AUDIO)) == 0) {
        device = open_device();
    }
    if (!device) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no microphone on this computer: %s",
                    SDL_GetError());
        return false;
    }
    SDL_CloseAudioDevice(device);
    return true;
}

static void turn_off(void)
{
    g_mutex_lock(&mic.lock);
    mic.on = false;
    g_cond_signal(&mic.news);
    g_mutex_unlock(&mic.lock);
    sound_microphone(NULL);
    g_clear_pointer(&mic.thread, g_thread_join);
}

bool microphone_set(bool on, GError **error)
{
    static GMutex changes;
    bool done = true;

    g_mutex_lock(&changes);
    if (!on) {
        turn_off();
    } else if (!mic.thread && (done = try_device(error))) {
        mic.on = true;
        mic.asked_us = 0;
        mic.thread = g_thread_new("microphone", run, NULL);
        sound_microphone(give);
    }
    g_mutex_unlock(&changes);
    return done;
}

bool microphone_is_on(void)
{
    g_mutex_lock(&mic.lock);
    const bool on = mic.on;
    g_mutex_unlock(&mic.lock);
    return on;
}

void microphone_init(const char *driver)
{
    mic.driver = g_strdup(driver);
}

void microphone_finish(void)
{
    microphone_set(false, NULL);
    g_clear_pointer(&mic.driver, g_free);
}
