/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "recorder_keys.h"

#include <linux/input-event-codes.h>
#include <string.h>

struct recorder_keys {
    recorder_keys_fn *fn;
    gpointer data;
    GString *text; /* typed, not written yet */
    double begin, end;
    guint modifiers; /* bit n: the modifier n is down */
};

/* On a US keyboard, without shift and with it; NUL: it types nothing. */
static const char plain[] =
    "\0\0001234567890-=\0\0qwertyuiop[]\0\0asdfghjkl;'`\0\\zxcvbnm,./\0\0\0 ";
static const char shifted[] =
    "\0\0!@#$%^&*()_+\0\0QWERTYUIOP{}\0\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0\0\0 ";

static const int modifiers[] = {KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTCTRL, KEY_RIGHTCTRL,
                                KEY_LEFTALT,   KEY_RIGHTALT,   KEY_LEFTMETA, KEY_RIGHTMETA};
#define SHIFTS 3u /* bits of the first two */

struct recorder_keys *recorder_keys_new(recorder_keys_fn *fn, gpointer data)
{
    struct recorder_keys *keys = g_new0(struct recorder_keys, 1);

    keys->fn = fn;
    keys->data = data;
    keys->text = g_string_new(NULL);
    return keys;
}

void recorder_keys_free(struct recorder_keys *keys)
{
    g_string_free(keys->text, TRUE);
    g_free(keys);
}

void recorder_keys_flush(struct recorder_keys *keys)
{
    if (keys->text->len > 0) {
        g_autofree char *quoted = g_shell_quote(keys->text->str);
        g_autofree char *line = g_strdup_printf("text -- %s", quoted);
        g_string_truncate(keys->text, 0);
        keys->fn(keys->data, keys->begin, keys->end, line);
    }
}

/* 0: this key types nothing. */
static char letter_of(const struct recorder_keys *keys, int code)
{
    const gboolean shift = (keys->modifiers & SHIFTS) != 0;

    if ((keys->modifiers & ~SHIFTS) || code < 0 || code >= (int)sizeof(plain) - 1) {
        return 0;
    }
    return shift ? shifted[code] : plain[code];
}

/* Bit of a modifier; 0: it is none. */
static guint modifier_of(int code)
{
    for (guint i = 0; i < G_N_ELEMENTS(modifiers); i++) {
        if (modifiers[i] == code) {
            return 1u << i;
        }
    }
    return 0;
}

static void write_key(struct recorder_keys *keys, JsonObject *event, const char *verb,
                      const char *action, double time)
{
    const char *name = json_object_get_string_member_with_default(
        event, strcmp(verb, "key") == 0 ? "key" : "button", NULL);
    g_autofree char *number =
        g_strdup_printf("%d", (int)json_object_get_int_member_with_default(event, "code", 0));
    g_autofree char *line = g_strdup_printf("%s%s%s %s", verb, action ? " --action " : "",
                                            action ? action : "", name ? name : number);
    recorder_keys_flush(keys);
    keys->fn(keys->data, time, time, line);
}

static void type(struct recorder_keys *keys, char letter, double time)
{
    if (keys->text->len == 0) {
        keys->begin = time;
    }
    keys->end = time;
    g_string_append_c(keys->text, letter);
}

/* With Ctrl, Alt or the logo key down, every key is written as it goes down and up. */
static void take_key(struct recorder_keys *keys, JsonObject *event, int value, double time)
{
    const int code = (int)json_object_get_int_member_with_default(event, "code", 0);
    const guint modifier = modifier_of(code);
    const gboolean raw = (keys->modifiers & ~SHIFTS) || (modifier & ~SHIFTS);
    const char letter = letter_of(keys, code);

    keys->modifiers = value ? keys->modifiers | modifier : keys->modifiers & ~modifier;
    if (value == 2 || ((modifier & SHIFTS) && !raw)) {
        return; /* it repeats by itself; or the letter shows it */
    }
    if (raw) {
        write_key(keys, event, "key", value ? "down" : "up", time);
    } else if (value && letter) {
        type(keys, letter, time);
    } else if (value) {
        write_key(keys, event, "key", NULL, time);
    }
}

void recorder_keys_take(struct recorder_keys *keys, JsonObject *event, double time)
{
    const int value = (int)json_object_get_int_member_with_default(event, "value", 0);

    if (strcmp(json_object_get_string_member_with_default(event, "kind", ""), "key") == 0) {
        take_key(keys, event, value, time);
    } else {
        write_key(keys, event, "button", value ? "down" : "up", time);
    }
}
