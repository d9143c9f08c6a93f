/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Lights & sound: headset and side switch, what the persona in front has set, recording. */
#include <string.h>

#include "files.h"
#include "lamp.h"
#include "page.h"
#include "rows.h"
#include "sender.h"

struct sound {
    struct panel *panel;
    struct sender headset, side, file;
    GtkWidget *plugged, *silent, *record, *speak;
    GtkWidget *led, *torch, *vibrator, *backlight;
    GtkLabel *whose, *output, *microphone;
    gboolean records, speaks;
};

static void on_headset(GtkSwitch *plugged, GParamSpec *spec, gpointer data);
static void on_side(GtkSwitch *silent, GParamSpec *spec, gpointer data);

static gboolean is(JsonObject *reply, const char *member)
{
    return json_object_get_boolean_member_with_default(reply, member, FALSE);
}

static const char *text_of(JsonObject *reply, const char *member, const char *otherwise)
{
    return json_object_get_string_member_with_default(reply, member, otherwise);
}

/* ---- What the phone says --------------------------------------------------------------------
 */

static void show_audio(gpointer data, JsonObject *reply)
{
    struct sound *sound = data;
    const char *record = text_of(reply, "recording", NULL),
               *speak = text_of(reply, "speaking", NULL);
    g_autofree char *output =
        record ? g_strdup_printf("%.1f s recorded to %s",
                                 json_object_get_double_member_with_default(reply, "recorded_s", 0),
                                 record)
               : g_strdup_printf("%s, %s", text_of(reply, "output", "?"),
                                 is(reply, "playing") ? "playing" : "silent");
    g_autofree char *microphone = speak ? g_strdup_printf("hears %s", speak)
                                        : g_strdup(is(reply, "microphone") ? "in use" : "off");

    if (!sound->headset.busy) {
        rows_show_switch(sound->plugged, is(reply, "headset"), G_CALLBACK(on_headset));
    }
    gtk_label_set_text(sound->output, output);
    gtk_label_set_text(sound->microphone, microphone);
    sound->records = record != NULL;
    sound->speaks = speak != NULL;
    gtk_button_set_label(GTK_BUTTON(sound->record), record ? "Stop" : "Record…");
    gtk_button_set_label(GTK_BUTTON(sound->speak), speak ? "Stop" : "Play a file…");
}

static guint32 led_colour(JsonObject *reply)
{
    return (is(reply, "red") ? 0xff3b30u : 0) | (is(reply, "green") ? 0x30d158u : 0) |
           (is(reply, "blue") ? 0x2f7bffu : 0);
}

static void show_light(gpointer data, JsonObject *reply)
{
    struct sound *sound = data;
    guint32 led = led_colour(reply);
    double backlight = json_object_get_double_member_with_default(reply, "backlight", 0) / 255;

    gtk_label_set_text(sound->whose, text_of(reply, "vm", ""));
    lamp_show(sound->led, led, led ? 1 : 0);
    lamp_show(sound->torch, 0xffe08a, is(reply, "torch"));
    lamp_show(sound->vibrator, 0xe66100, is(reply, "vibrator"));
    lamp_show(sound->backlight, 0x62a0ea, backlight);
    if (!sound->side.busy && json_object_has_member(reply, "switch")) {
        rows_show_switch(sound->silent, strcmp(text_of(reply, "switch", "sound"), "silent") == 0,
                         G_CALLBACK(on_side));
    }
}

/* ---- What the user wants --------------------------------------------------------------------
 */

static void on_headset(GtkSwitch *plugged, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct sound *sound = data;

    sender_send(
        &sound->headset,
        panel_request("headset", "state", gtk_switch_get_active(plugged) ? "in" : "out", NULL));
}

static void on_side(GtkSwitch *silent, GParamSpec *spec G_GNUC_UNUSED, gpointer data)
{
    struct sound *sound = data;

    sender_send(
        &sound->side,
        panel_request("light", "switch", gtk_switch_get_active(silent) ? "silent" : "sound", NULL));
}

static void audio(struct sound *sound, const char *action, const char *path)
{
    sender_send(&sound->file, path ? panel_request("audio", "action", action, "file", path, NULL)
                                   : panel_request("audio", "action", action, NULL));
}

static void on_record_to(gpointer data, const char *path)
{
    audio(data, "record", path);
}

static void on_speak_from(gpointer data, const char *path)
{
    audio(data, "play", path);
}

static const char *const wav[] = {"*.wav", "*.WAV", NULL};

/* `stop` of the API ends both, so both buttons do. */
static void on_record(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    static const struct files_question question = {"Record what is played", "Sound (WAV)", wav,
                                                   "phone.wav"};
    struct sound *sound = data;

    if (sound->records) {
        audio(sound, "stop", NULL);
    } else {
        files_ask(panel_window(sound->panel), &question, on_record_to, sound);
    }
}

static void on_speak(GtkButton *button G_GNUC_UNUSED, gpointer data)
{
    static const struct files_question question = {"Play to the microphone", "Sound (WAV)", wav,
                                                   NULL};
    struct sound *sound = data;

    if (sound->speaks) {
        audio(sound, "stop", NULL);
    } else {
        files_ask(panel_window(sound->panel), &question, on_speak_from, sound);
    }
}

/* ---- The page -------------------------------------------------------------------------------
 */

static GtkWidget *at_end(GtkWidget *widget)
{
    gtk_widget_set_halign(widget, GTK_ALIGN_END);
    return widget;
}

static void make_lights(struct sound *sound, GtkWidget *group)
{
    sound->led = at_end(lamp_new());
    sound->torch = at_end(lamp_new());
    sound->vibrator = at_end(lamp_new());
    sound->backlight = at_end(lamp_new());
    sound->whose = rows_value(group, "Set by");
    rows_add(group, "LED", sound->led);
    rows_add(group, "Torch", sound->torch);
    rows_add(group, "Vibrator", sound->vibrator);
    rows_add(group, "Backlight", sound->backlight);
}

static GtkWidget *make(struct panel *panel, gpointer *self)
{
    struct sound *sound = g_new0(struct sound, 1);
    GtkWidget *column, *page = rows_page(&column), *set = rows_group(column, NULL);
    GtkWidget *heard = rows_group(column, "Sound"), *lights = rows_group(column, "Lights");

    sound->panel = panel;
    sound->headset = (struct sender){.panel = panel, .done = show_audio, .data = sound};
    sound->file = sound->headset;
    sound->side = (struct sender){.panel = panel, .done = show_light, .data = sound};
    sound->plugged = rows_switch(G_CALLBACK(on_headset), sound);
    sound->silent = rows_switch(G_CALLBACK(on_side), sound);
    sound->record = rows_button("", G_CALLBACK(on_record), sound);
    sound->speak = rows_button("", G_CALLBACK(on_speak), sound);
    rows_add(set, "_Headset plugged in", sound->plugged);
    rows_add(set, "_Side switch is at silent", sound->silent);
    sound->output = rows_value_beside(heard, "Output", sound->record);
    sound->microphone = rows_value_beside(heard, "Microphone", sound->speak);
    make_lights(sound, lights);
    *self = sound;
    return page;
}

static void refresh(gpointer self)
{
    struct sound *sound = self;

    panel_ask(sound->panel, panel_request("audio", NULL), show_audio, sound);
    panel_ask(sound->panel, panel_request("light", NULL), show_light, sound);
}

/* Only the persona's in front: its name came with the last answer. */
static void event(gpointer self, const char *name, JsonObject *event)
{
    struct sound *sound = self;

    if (strcmp(name, "light") == 0 &&
        strcmp(text_of(event, "vm", ""), gtk_label_get_text(sound->whose)) == 0) {
        show_light(sound, event);
    }
}

const struct page_kind page_sound = {
    .name = "sound",
    .title = "Lights & sound",
    .make = make,
    .refresh = refresh,
    .event = event,
};
