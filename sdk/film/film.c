/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "film.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <string.h>

#include "sound.h"

#define REPEAT_US  G_USEC_PER_SEC /* a still picture comes again, so that players can seek */
#define INDEX_SIZE (128u << 10)   /* of max_bytes is for what ends the file */
#define SILENCE    FILM_RATE      /* frames of it in a buffer at most */
#define FRAME_SIZE (FILM_CHANNELS * sizeof(gint16))

struct film {
    struct film_head head;
    GstElement *pipeline;
    GstAppSrc *video, *sound;
    guint32 *screen;
    struct sound_track track;
    gint64 us, shown_us; /* of the last piece, of the last frame; -1: none */
    guint frames;
    guint64 bytes; /* written, atomic */
    char *why;     /* it has to end; NULL: it has not */
    GError *error;
};

#define CHAIN                                                                                     \
    "appsrc name=video format=time is-live=true block=true max-bytes=%u ! videoconvert ! "        \
    "video/x-raw,format=I420 ! vp8enc deadline=1 cpu-used=10 threads=2 end-usage=cq cq-level=18 " \
    "target-bitrate=4000000 keyframe-max-dist=120 ! "                                             \
    "queue max-size-buffers=0 max-size-time=0 max-size-bytes=33554432 ! "                         \
    "webmmux name=mux writing-app=Phonebooth ! fdsink name=out sync=false fd=%d "                 \
    "appsrc name=sound format=time is-live=true block=false max-bytes=0 ! audioconvert ! "        \
    "opusenc bitrate=96000 ! queue max-size-buffers=0 max-size-time=0 max-size-bytes=33554432 ! " \
    "mux."

/* The encoder's threads. */
static GstPadProbeReturn count_bytes(GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info,
                                     gpointer data)
{
    film *film = data;

    __atomic_add_fetch(&film->bytes, gst_buffer_get_size(GST_PAD_PROBE_INFO_BUFFER(info)),
                       __ATOMIC_RELAXED);
    return GST_PAD_PROBE_OK;
}

static void watch_size(film *film)
{
    g_autoptr(GstElement) out = gst_bin_get_by_name(GST_BIN(film->pipeline), "out");
    g_autoptr(GstPad) pad = gst_element_get_static_pad(out, "sink");

    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, count_bytes, film, NULL);
}

static void set_formats(film *film)
{
    g_autoptr(GstCaps) video = gst_caps_new_simple(
        "video/x-raw", "format", G_TYPE_STRING, "BGRx", "width", G_TYPE_INT, (int)film->head.width,
        "height", G_TYPE_INT, (int)film->head.height, "framerate", GST_TYPE_FRACTION, 0, 1,
        "max-framerate", GST_TYPE_FRACTION, (int)film->head.fps, 1, NULL);
    g_autoptr(GstCaps) sound = gst_caps_new_simple(
        "audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout", G_TYPE_STRING, "interleaved",
        "rate", G_TYPE_INT, (int)FILM_RATE, "channels", G_TYPE_INT, (int)FILM_CHANNELS, NULL);

    gst_app_src_set_caps(film->video, video);
    gst_app_src_set_caps(film->sound, sound);
}

film *film_new(const struct film_head *head, int fd, GError **error)
{
    const guint picture = head->width * head->height * 4;
    g_autofree char *chain = g_strdup_printf(CHAIN, picture * 3, fd);
    GstElement *pipeline = gst_parse_launch_full(chain, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);

    if (pipeline == NULL) {
        g_prefix_error(error, "GStreamer: ");
        return NULL;
    }
    film *film = g_new0(struct film, 1);
    film->head = *head;
    film->pipeline = pipeline;
    film->video = GST_APP_SRC(gst_bin_get_by_name(GST_BIN(pipeline), "video"));
    film->sound = GST_APP_SRC(gst_bin_get_by_name(GST_BIN(pipeline), "sound"));
    film->screen = g_malloc0(picture);
    film->shown_us = -1;
    set_formats(film);
    watch_size(film);
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    return film;
}

static void push(GstAppSrc *source, GstBuffer *buffer, gint64 us, gint64 duration_us)
{
    GST_BUFFER_PTS(buffer) = (GstClockTime)us * GST_USECOND;
    if (duration_us > 0) {
        GST_BUFFER_DURATION(buffer) = (GstClockTime)duration_us * GST_USECOND;
    }
    gst_app_src_push_buffer(source, buffer);
}

/* `samples` NULL: silence. `at` and `frames` are of the track. */
static void push_sound(film *film, const void *samples, guint64 at, guint64 frames)
{
    while (frames > 0) {
        const gsize count = (gsize)MIN(frames, SILENCE);
        gpointer copy =
            samples ? g_memdup2(samples, count * FRAME_SIZE) : g_malloc0(count * FRAME_SIZE);
        const gint64 us = (gint64)(at * G_USEC_PER_SEC / FILM_RATE);

        push(film->sound, gst_buffer_new_wrapped(copy, count * FRAME_SIZE), us,
             (gint64)(count * G_USEC_PER_SEC / FILM_RATE));
        at += count;
        frames -= count;
    }
}

static void show(film *film, gint64 us)
{
    const gsize size = (gsize)film->head.width * film->head.height * 4;

    us = MAX(us, film->shown_us + 1000); /* the file counts milliseconds */
    push(film->video, gst_buffer_new_wrapped(g_memdup2(film->screen, size), size), us, 0);
    film->shown_us = us;
    film->frames++;
}

static void take_picture(film *film, const struct film_piece *piece, const guint32 *pixels)
{
    for (guint row = 0; row < piece->h; row++) {
        memcpy(film->screen + (gsize)(piece->y + row) * film->head.width + piece->x,
               pixels + (gsize)row * piece->w, piece->w * 4);
    }
    show(film, piece->us);
}

static void take_sound(film *film, const struct film_piece *piece, const void *samples)
{
    const guint64 before = film->track.frames;
    guint64 silence;
    guint taken = sound_place(&film->track, piece->us, piece->w, &silence);

    push_sound(film, NULL, before, silence);
    push_sound(film, samples, before + silence, taken);
}

static gboolean is_sound(const film *film, const struct film_piece *piece)
{
    const struct film_head *head = &film->head;

    switch (piece->kind) {
    case FILM_PICTURE:
        return piece->w > 0 && piece->h > 0 && piece->w <= head->width &&
               piece->h <= head->height && piece->x <= head->width - piece->w &&
               piece->y <= head->height - piece->h && piece->bytes == piece->w * piece->h * 4;
    case FILM_SOUNDS:
        return piece->w <= FILM_SOUND && piece->bytes == piece->w * FRAME_SIZE;
    default:
        return piece->kind == FILM_TICK && piece->bytes == 0;
    }
}

/* What GStreamer complains of ends the film. */
static void hear(film *film, GstMessage *message)
{
    g_autofree char *detail = NULL;

    if (message && GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR && !film->error) {
        gst_message_parse_error(message, &film->error, &detail);
        film->why = film->why ? film->why : g_strdup(film->error->message);
    }
    g_clear_pointer(&message, gst_message_unref);
}

static void listen(film *film)
{
    g_autoptr(GstBus) bus = gst_element_get_bus(film->pipeline);

    hear(film, gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR));
}

static void check_limits(film *film)
{
    const guint64 bytes = __atomic_load_n(&film->bytes, __ATOMIC_RELAXED);

    if (!film->why && film->us >= (gint64)film->head.max_seconds * G_USEC_PER_SEC) {
        film->why = g_strdup_printf("%u s are over", film->head.max_seconds);
    }
    if (!film->why && bytes + INDEX_SIZE >= film->head.max_bytes) {
        film->why = g_strdup_printf("its size is at its limit of %" G_GUINT64_FORMAT " MB",
                                    film->head.max_bytes / 1000000);
    }
}

gboolean film_take(film *film, const struct film_piece *piece, const void *bytes)
{
    if (!is_sound(film, piece) || piece->us < film->us) {
        film->why = g_strdup("the emulator has sent nonsense");
        return FALSE;
    }
    film->us = piece->us;
    if (piece->kind == FILM_PICTURE) {
        take_picture(film, piece, bytes);
    } else if (piece->kind == FILM_SOUNDS) {
        take_sound(film, piece, bytes);
    } else if (film->shown_us >= 0 && piece->us - film->shown_us >= REPEAT_US) {
        show(film, piece->us);
    }
    guint64 before = film->track.frames;
    push_sound(film, NULL, before, sound_catch_up(&film->track, piece->us));
    listen(film);
    check_limits(film);
    return film->why == NULL;
}

static void complete(film *film)
{
    g_autoptr(GstBus) bus = gst_element_get_bus(film->pipeline);
    guint64 before = film->track.frames;

    if (!film->error && film->frames > 0) {
        if (film->us > film->shown_us) {
            show(film, film->us); /* the last picture lasts until the end */
        }
        push_sound(film, NULL, before, sound_end(&film->track, film->us));
        gst_app_src_end_of_stream(film->video);
        gst_app_src_end_of_stream(film->sound);
        hear(film, gst_bus_timed_pop_filtered(bus, GST_CLOCK_TIME_NONE,
                                              GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    }
    gst_element_set_state(film->pipeline, GST_STATE_NULL);
}

static void film_free(film *film)
{
    gst_object_unref(film->video);
    gst_object_unref(film->sound);
    gst_object_unref(film->pipeline);
    g_clear_error(&film->error);
    g_free(film->screen);
    g_free(film->why);
    g_free(film);
}

gboolean film_end(film *film, double *seconds, guint64 *bytes, guint *frames, char **why,
                  GError **error)
{
    gboolean useful;

    complete(film);
    *seconds = (double)film->us / G_USEC_PER_SEC;
    *bytes = __atomic_load_n(&film->bytes, __ATOMIC_RELAXED);
    *frames = film->frames;
    *why = g_strdup(film->why);
    useful = film->frames > 0 && *bytes > 0 && (film->error == NULL || *bytes > INDEX_SIZE);
    if (!useful) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s",
                    film->why ? film->why : "nothing was seen");
    }
    film_free(film);
    return useful;
}
