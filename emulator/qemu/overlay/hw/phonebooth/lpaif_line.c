/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sound part: what is behind the codec, and the properties by which the host uses it. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/atomic.h"
#include "hw/irq.h"
#include "lpaif.h"
#include "sound_host.h"

#define TOLERANCE (WAV_RATE / 100) /* frames that a recording may be behind without a gap */

static void (*sink)(const int16_t *samples, unsigned frames);

void sound_host_listen(void (*fn)(const int16_t *samples, unsigned frames))
{
    qatomic_set(&sink, fn);
}

static void (*source)(int16_t *samples, unsigned frames);

void sound_host_microphone(void (*fn)(int16_t *samples, unsigned frames))
{
    qatomic_set(&source, fn);
}

/* ---- Recording: the machine's time, with silence while nothing plays ------------------------ */

/* Silence up to @when frames of the machine's time. */
static void fill_up(LpaifLine *line, int64_t when)
{
    const int64_t missing = when - line->origin - (int64_t)line->recording.frames;

    if (line->recorded && missing > TOLERANCE) {
        wav_append(&line->recording, NULL, missing);
    }
}

void lpaif_hear(LpaifState *s, const int16_t *samples, unsigned frames, int64_t when)
{
    void (*listener)(const int16_t *, unsigned) = qatomic_read(&sink);

    fill_up(&s->line, when);
    if (s->line.recorded) {
        wav_append(&s->line.recording, samples, frames);
    }
    if (listener) {
        listener(samples, frames);
    }
}

static void end_recording(LpaifLine *line, Error **errp)
{
    const char *wrong;

    if (!line->recorded) {
        return;
    }
    fill_up(line, lpaif_frames_now());
    wrong = wav_end(&line->recording);
    if (wrong) {
        error_setg(errp, "%s: %s", line->recorded, wrong);
    }
    g_clear_pointer(&line->recorded, g_free);
}

static void set_record(Object *obj, const char *path, Error **errp)
{
    LpaifState *s = LPAIF(obj);
    LpaifLine *line = &s->line;
    const char *wrong;

    lpaif_follow(s);
    if (!*path) {
        end_recording(line, errp);
        return;
    }
    if (line->recorded) {
        error_setg(errp, "%s is being recorded", line->recorded);
        return;
    }
    wrong = wav_begin(&line->recording, path);
    if (wrong) {
        error_setg(errp, "%s: %s", path, wrong);
        return;
    }
    line->recorded = g_strdup(path);
    line->origin = lpaif_frames_now();
}

static char *get_record(Object *obj, Error **errp)
{
    return g_strdup(LPAIF(obj)->line.recorded ?: "");
}

/* ---- The microphone ---------------------------------------------------------------------------
 */

void lpaif_speak(LpaifState *s, int16_t *samples, unsigned frames)
{
    LpaifLine *line = &s->line;
    const uint64_t n = MIN(frames, line->speech.frames - line->said);
    void (*host)(int16_t *, unsigned) = qatomic_read(&source);

    if (!line->spoken) {
        if (host) {
            host(samples, frames);
        }
        return;
    }
    memcpy(samples, line->speech.samples + WAV_CHANNELS * line->said,
           n * WAV_CHANNELS * sizeof(*samples));
    line->said += n;
    if (line->said == line->speech.frames) {
        wav_free(&line->speech);
        g_clear_pointer(&line->spoken, g_free);
    }
}

static void set_play(Object *obj, const char *path, Error **errp)
{
    LpaifState *s = LPAIF(obj);
    LpaifLine *line = &s->line;
    WavSound speech = {0};
    const char *wrong = *path ? wav_read(&speech, path) : NULL;

    if (wrong) {
        error_setg(errp, "%s: %s", path, wrong);
        return;
    }
    lpaif_follow(s);
    wav_free(&line->speech);
    g_free(line->spoken);
    line->speech = speech;
    line->spoken = *path ? g_strdup(path) : NULL;
    line->said = 0;
}

static char *get_play(Object *obj, Error **errp)
{
    return g_strdup(LPAIF(obj)->line.spoken ?: "");
}

/* ---- The rest ---------------------------------------------------------------------------------
 */

static bool get_headset(Object *obj, Error **errp)
{
    return LPAIF(obj)->line.headset;
}

static void set_headset(Object *obj, bool in, Error **errp)
{
    LpaifState *s = LPAIF(obj);

    s->line.headset = in;
    qemu_set_irq(s->plug, in);
}

static char *get_output(Object *obj, Error **errp)
{
    const LpaifLine *line = &LPAIF(obj)->line;

    return g_strdup(line->headset ? "headset" : line->amplifier ? "speaker" : "earpiece");
}

static bool runs(LpaifState *s, int from, int to)
{
    bool any = false;

    for (int n = from; n < to; n++) {
        any |= s->channel[n].running;
    }
    return any;
}

static bool get_playing(Object *obj, Error **errp)
{
    return runs(LPAIF(obj), 0, LPAIF_READERS);
}

static bool get_microphone(Object *obj, Error **errp)
{
    return runs(LPAIF(obj), LPAIF_READERS, LPAIF_CHANNELS);
}

/* Frames of the recording, with the silence since the last sound. */
static char *get_recorded(Object *obj, Error **errp)
{
    LpaifLine *line = &LPAIF(obj)->line;

    lpaif_follow(LPAIF(obj));
    fill_up(line, lpaif_frames_now());
    return g_strdup_printf("%" PRIu64, line->recorded ? line->recording.frames : 0);
}

void lpaif_add_properties(ObjectClass *oc)
{
    object_class_property_add_str(oc, "record", get_record, set_record);
    object_class_property_set_description(oc, "record", "file that is recorded; empty: none");
    object_class_property_add_str(oc, "recorded", get_recorded, NULL);
    object_class_property_set_description(oc, "recorded", "frames of it");
    object_class_property_add_str(oc, "play", get_play, set_play);
    object_class_property_set_description(oc, "play",
                                          "file that the microphone hears; empty: none");
    object_class_property_add_bool(oc, "headset", get_headset, set_headset);
    object_class_property_set_description(oc, "headset", "it is plugged in");
    object_class_property_add_str(oc, "output", get_output, NULL);
    object_class_property_set_description(oc, "output", "headset, speaker or earpiece");
    object_class_property_add_bool(oc, "playing", get_playing, NULL);
    object_class_property_set_description(oc, "playing", "something is played");
    object_class_property_add_bool(oc, "microphone", get_microphone, NULL);
    object_class_property_set_description(oc, "microphone", "the microphone is in use");
}

void lpaif_line_init(LpaifState *s)
{
    s->line.recording.file = -1;
}

/* A recording goes on where it was, whatever time the machine has now. */
void lpaif_line_loaded(LpaifState *s)
{
    s->line.origin = lpaif_frames_now() - (int64_t)s->line.recording.frames;
    qemu_set_irq(s->plug, s->line.headset);
}
