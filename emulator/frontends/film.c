/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's thread notes which part of the screen is new and puts sounds into a ring; a thread
 * of the film's sends both to the encoder. While that is slow, parts grow together and frames are
 * left out: the phone waits for nobody.
 */
#include "frontends/film.h"

#include <gio/gio.h>
#include <string.h>

#include "frontends/film_feed.h"
#include "machine/sound.h"

#define RING (FILM_RATE * 2) /* frames of sound that wait at most */

/* For the first picture: a busy host takes its time. */
#define FIRST_US (2 * G_USEC_PER_SEC)

static struct {
    GMutex whole; /* one beginning or end at a time */
    GMutex lock;  /* of all that follows */
    GCond news;
    struct screen *screen;
    struct film_feed *feed; /* NULL: no film, and none to be told of */
    GThread *thread;
    struct film_state state;
    bool ending, failed;
    unsigned frame_us; /* between two frames at least */
    struct rect dirty;
    gint64 began_us, dirty_us; /* host's clock; when the first of what is dirty came */
    int16_t ring[RING * FILM_CHANNELS];
    unsigned sounds;  /* frames in it */
    gint64 sounds_us; /* when the first of them came */
} film;

static gint64 now_us(void)
{
    return g_get_monotonic_time() - film.began_us;
}

/* Machine's thread. */
static void on_frame(void *opaque G_GNUC_UNUSED, struct rect dirty)
{
    g_mutex_lock(&film.lock);
    film.dirty = rect_union(film.dirty, dirty);
    g_cond_signal(&film.news);
    g_mutex_unlock(&film.lock);
}

/* Machine's threads. What has no room is left out: the encoder puts silence there. */
static void on_sound(const int16_t *samples, unsigned frames)
{
    g_mutex_lock(&film.lock);
    if (frames <= RING - film.sounds) {
        if (film.sounds == 0) {
            film.sounds_us = now_us();
        }
        memcpy(film.ring + film.sounds * FILM_CHANNELS, samples,
               frames * FILM_CHANNELS * sizeof(*samples));
        film.sounds += frames;
        g_cond_signal(&film.news);
    }
    g_mutex_unlock(&film.lock);
}

static struct screen_sink sink = {.frame = on_frame};

static bool is_dirty(void)
{
    return film.dirty.w > 0 && film.dirty.h > 0;
}

/* With the lock. Until there is something to send, a tick is due or the film shall end. */
static void wait_for_news(gint64 next_frame_us)
{
    const gint64 tick = g_get_monotonic_time() + FILM_TICK_US;

    while (!film.ending && film.sounds == 0) {
        gint64 until = is_dirty() ? film.began_us + next_frame_us : tick;
        if (!g_cond_wait_until(&film.news, &film.lock, MIN(until, tick)) ||
            (is_dirty() && now_us() >= next_frame_us)) {
            return;
        }
    }
}

/* With the lock, which it gives away meanwhile. */
static bool send_sounds(void)
{
    static int16_t samples[RING * FILM_CHANNELS];
    const unsigned frames = film.sounds;
    const gint64 us = film.sounds_us;
    bool sent;

    if (frames == 0) {
        return true;
    }
    memcpy(samples, film.ring, frames * FILM_CHANNELS * sizeof(*samples));
    film.sounds = 0;
    g_mutex_unlock(&film.lock);
    sent = film_feed_sounds(film.feed, us, samples, frames);
    g_mutex_lock(&film.lock);
    return sent;
}

/* The same. */
static bool send_picture(gint64 *next_frame_us)
{
    const struct rect dirty = film.dirty;
    const gint64 us = now_us();
    bool sent;

    if (!is_dirty() || (us < *next_frame_us && !film.ending)) {
        return true;
    }
    film.dirty = (struct rect){0, 0, 0, 0};
    *next_frame_us = us + film.frame_us;
    g_mutex_unlock(&film.lock);
    sent = film_feed_picture(film.feed, us, &film.screen->shadow, dirty);
    g_mutex_lock(&film.lock);
    return sent;
}

/* With the lock. A film that ends at once has a picture, too. */
static void wait_for_first(void)
{
    const gint64 until = g_get_monotonic_time() + FIRST_US;

    while (!is_dirty() && g_cond_wait_until(&film.news, &film.lock, until)) {
    }
}

static gpointer run(gpointer data)
{
    gint64 next_frame_us = 0;
    bool goes_on;

    g_mutex_lock(&film.lock);
    wait_for_first();
    goes_on = send_picture(&next_frame_us);
    while (goes_on && !film.ending) {
        wait_for_news(next_frame_us);
        goes_on = send_sounds() && send_picture(&next_frame_us);
        if (goes_on) {
            const gint64 us = now_us();
            g_mutex_unlock(&film.lock);
            goes_on = film_feed_tick(film.feed, us);
            g_mutex_lock(&film.lock);
        }
    }
    g_mutex_unlock(&film.lock);
    screen_remove(film.screen, &sink);
    sound_unlisten(on_sound);
    struct film_state state = {0};
    bool whole = film_feed_end(film.feed, now_us(), &state);
    g_mutex_lock(&film.lock);
    state.file = film.state.file;
    film.state = state;
    film.failed = !whole;
    g_mutex_unlock(&film.lock);
    return data;
}

/* With `whole`: what is left of the last film. */
static void forget(void)
{
    g_clear_pointer(&film.thread, g_thread_join);
    g_clear_pointer(&film.feed, film_feed_free);
    film_state_clear(&film.state);
    film.failed = false;
}

static void start(struct screen *screen, const struct film_options *options)
{
    film.screen = screen;
    film.state = (struct film_state){.file = g_strdup(options->file), .recording = true};
    film.frame_us = G_USEC_PER_SEC / options->fps;
    film.began_us = g_get_monotonic_time();
    film.dirty = (struct rect){0, 0, 0, 0};
    film.sounds = 0;
    film.ending = false;
    sink.refresh_ms = 1000 / options->fps;
    film.thread = g_thread_new("film", run, NULL);
    screen_add(screen, &sink);
    sound_listen(on_sound);
}

static bool is_recording(void)
{
    bool is;

    g_mutex_lock(&film.lock);
    is = film.state.recording;
    g_mutex_unlock(&film.lock);
    return is;
}

bool film_begin(struct screen *screen, const struct film_options *options, GError **error)
{
    bool begun = false;

    g_mutex_lock(&film.whole);
    if (is_recording()) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s is being recorded; 'stop' ends it",
                    film.state.file);
    } else {
        forget();
        film.feed = film_feed_new(&screen->shadow, options, error);
        begun = film.feed != NULL;
    }
    if (begun) {
        start(screen, options);
    }
    g_mutex_unlock(&film.whole);
    return begun;
}

bool film_end(struct film_state *state, GError **error)
{
    bool done = false;

    *state = (struct film_state){0};
    g_mutex_lock(&film.whole);
    if (film.feed == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing is being recorded");
    } else {
        g_mutex_lock(&film.lock);
        film.ending = true;
        g_cond_signal(&film.news);
        g_mutex_unlock(&film.lock);
        g_clear_pointer(&film.thread, g_thread_join);
        done = !film.failed;
        *state = film.state;
        film.state = (struct film_state){0};
        if (!done) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                        state->why ? state->why : "the encoder has failed");
        }
        forget();
    }
    g_mutex_unlock(&film.whole);
    return done;
}

void film_finish(void)
{
    struct film_state state;
    g_autoptr(GError) error = NULL;

    if (film_end(&state, &error)) {
        g_printerr("phonebooth: %s: %.1f s were recorded\n", state.file, state.seconds);
    } else if (state.file) {
        g_printerr("phonebooth: %s\n", error->message);
    }
    film_state_clear(&state);
}

void film_read(struct film_state *state)
{
    g_mutex_lock(&film.lock);
    *state = film.state;
    state->file = g_strdup(state->file);
    state->why = g_strdup(state->why);
    if (state->recording) {
        state->seconds = (double)now_us() / G_USEC_PER_SEC;
    }
    g_mutex_unlock(&film.lock);
}

void film_state_clear(struct film_state *state)
{
    g_free(state->file);
    g_free(state->why);
    *state = (struct film_state){0};
}
