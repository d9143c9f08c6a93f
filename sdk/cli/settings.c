/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "settings.h"

#include <string.h>

#include "../handset/error.h"

#define END_TIMEOUT_MAX 600
#define NAME_MAX_BYTES  32
#define NAME_LETTERS    G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-"

struct reading {
    struct settings *settings;
    GStrvBuilder *run;
};

/* Takes a value; what it must be if it is wrong, else NULL. */
typedef const char *take_fn(struct reading *reading, const char *value);

static const char *take_handset(struct reading *reading, const char *value)
{
    reading->settings->handset = g_strdup(value);
    return *value ? NULL : "the name of a handset, or a folder";
}

static const char *take_name(struct reading *reading, const char *value)
{
    gsize length = strlen(value);

    reading->settings->name = g_strdup(value);
    return length > 0 && length <= NAME_MAX_BYTES && strspn(value, NAME_LETTERS) == length
               ? NULL
               : "1 to 32 letters, digits, '-' and '_'";
}

/* true or false: the one option or the other; NULL: none. */
static const char *take_switch(struct reading *reading, const char *value, const char *yes,
                               const char *no)
{
    gboolean is_true = strcmp(value, "true") == 0;
    const char *option = is_true ? yes : no;

    if (!is_true && strcmp(value, "false") != 0) {
        return "true or false";
    }
    if (option) {
        g_strv_builder_add(reading->run, option);
    }
    return NULL;
}

static const char *take_window(struct reading *reading, const char *value)
{
    return take_switch(reading, value, NULL, "--headless");
}

static const char *take_save(struct reading *reading, const char *value)
{
    return take_switch(reading, value, "--save-at-end", "--no-save");
}

static const char *take_audio(struct reading *reading, const char *value)
{
    gsize length = strlen(value);

    if (!g_ascii_isalnum(value[0]) || strspn(value, G_CSET_a_2_z G_CSET_DIGITS "-_") != length) {
        return "pulseaudio, pipewire, alsa, another driver of SDL, or none";
    }
    g_strv_builder_add_many(reading->run, "--audio", value, NULL);
    return NULL;
}

static const char *take_end_timeout(struct reading *reading, const char *value)
{
    if (!g_ascii_string_to_unsigned(value, 10, 0, END_TIMEOUT_MAX, NULL, NULL)) {
        return "0 to 600 seconds";
    }
    g_strv_builder_add_many(reading->run, "--end-timeout", value, NULL);
    return NULL;
}

static const struct {
    const char *group, *key;
    take_fn *take;
} keys[] = {
    {"phone", "handset", take_handset}, {"phone", "name", take_name},
    {"run", "window", take_window},     {"run", "audio", take_audio},
    {"run", "save-at-end", take_save},  {"run", "end-timeout", take_end_timeout},
};

char *settings_path(void)
{
    return g_build_filename(g_get_user_config_dir(), "phonebooth", "settings.ini", NULL);
}

static gboolean take(struct reading *reading, GKeyFile *ini, const char *group, const char *key,
                     GError **error)
{
    g_autofree char *value = g_key_file_get_string(ini, group, key, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].group, group) == 0 && strcmp(keys[i].key, key) == 0) {
            const char *wanted = value ? keys[i].take(reading, value) : "UTF-8 text";
            return wanted == NULL ||
                   handset_fail(error, HANDSET_ERROR_FAILED, "[%s] %s: '%s' is not %s", group, key,
                                value ? value : "", wanted);
        }
    }
    return handset_fail(error, HANDSET_ERROR_FAILED,
                        "[%s] %s: there is no such setting; [phone] has handset and name, [run] "
                        "window, audio, save-at-end and end-timeout",
                        group, key);
}

static gboolean take_all(struct reading *reading, GKeyFile *ini, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);

    for (char **group = groups; *group; group++) {
        g_auto(GStrv) names = g_key_file_get_keys(ini, *group, NULL, NULL);
        for (char **name = names; name && *name; name++) {
            if (!take(reading, ini, *group, *name, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

gboolean settings_read(struct settings *settings, GError **error)
{
    g_autofree char *path = settings_path();
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_autoptr(GStrvBuilder) run = g_strv_builder_new();
    struct reading reading = {settings, run};
    GError *why = NULL;
    gboolean done = g_key_file_load_from_file(ini, path, G_KEY_FILE_NONE, &why);

    *settings = (struct settings){0};
    if (!done && g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_clear_error(&why);
        done = TRUE;
    } else if (done) {
        done = take_all(&reading, ini, &why);
    }
    settings->run = g_strv_builder_end(run);
    if (!done) {
        handset_fail(error, HANDSET_ERROR_FAILED, "%s: %s", path, why->message);
        g_error_free(why);
    }
    return done;
}

void settings_clear(struct settings *settings)
{
    g_free(settings->handset);
    g_free(settings->name);
    g_strfreev(settings->run);
}
