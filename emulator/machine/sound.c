/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/atomic.h"
#include "qom/object.h"
#include "hw/phonebooth/sound_host.h"
#include "machine/sound.h"

#define FRAMES_PER_SECOND 48000.0

static Object *part(void)
{
    return object_resolve_path("/machine/sound", NULL);
}

/* A text; NULL if it is empty. */
static char *text_of(Object *sound, const char *name)
{
    g_autofree char *text = object_property_get_str(sound, name, &error_abort);

    return *text ? g_steal_pointer(&text) : NULL;
}

bool sound_read(struct sound_state *state)
{
    Object *sound = part();
    g_autofree char *frames = NULL;

    if (!sound) {
        return false;
    }
    frames = text_of(sound, "recorded");
    *state = (struct sound_state){
        .output = text_of(sound, "output"),
        .headset = object_property_get_bool(sound, "headset", &error_abort),
        .playing = object_property_get_bool(sound, "playing", &error_abort),
        .microphone = object_property_get_bool(sound, "microphone", &error_abort),
        .recording = text_of(sound, "record"),
        .recorded_s = (double)g_ascii_strtoull(frames, NULL, 10) / FRAMES_PER_SECOND,
        .speaking = text_of(sound, "play"),
    };
    return true;
}

void sound_state_clear(struct sound_state *state)
{
    g_free(state->output);
    g_free(state->recording);
    g_free(state->speaking);
    *state = (struct sound_state){0};
}

/* What a failed change says. */
static char *why(Error *error)
{
    char *text = error ? g_strdup(error_get_pretty(error)) : NULL;

    error_free(error);
    return text;
}

static char *set_text(const char *name, const char *value)
{
    Object *sound = part();
    Error *error = NULL;

    if (!sound) {
        return g_strdup("the board has no sound part");
    }
    object_property_set_str(sound, name, value ? value : "", &error);
    return why(error);
}

char *sound_record(const char *file)
{
    return set_text("record", file);
}

char *sound_speak(const char *file)
{
    return set_text("play", file);
}

char *sound_headset(bool in)
{
    Object *sound = part();
    Error *error = NULL;

    if (!sound) {
        return g_strdup("the board has no sound part");
    }
    object_property_set_bool(sound, "headset", in, &error);
    return why(error);
}

static sound_listener *listeners[SOUND_LISTENERS];

static void tell(const int16_t *samples, unsigned frames)
{
    for (unsigned i = 0; i < SOUND_LISTENERS; i++) {
        sound_listener *fn = qatomic_read(&listeners[i]);
        if (fn) {
            fn(samples, frames);
        }
    }
}

void sound_listen(sound_listener *fn)
{
    for (unsigned i = 0; i < SOUND_LISTENERS; i++) {
        if (qatomic_cmpxchg(&listeners[i], NULL, fn) == NULL) {
            sound_host_listen(tell);
            return;
        }
    }
    g_assert_not_reached();
}

void sound_unlisten(sound_listener *fn)
{
    for (unsigned i = 0; i < SOUND_LISTENERS; i++) {
        qatomic_cmpxchg(&listeners[i], fn, NULL);
    }
}

void sound_microphone(void (*fn)(int16_t *samples, unsigned frames))
{
    sound_host_microphone(fn);
}
