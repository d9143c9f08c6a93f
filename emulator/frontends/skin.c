/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/skin.h"

#include <gio/gio.h>
#include <string.h>

#define SIZE_MAX_UNITS 8192

static const char *const key_names[] = {
    [BUTTON_POWER] = "power",
    [BUTTON_VOLUME_UP] = "volume-up",
    [BUTTON_VOLUME_DOWN] = "volume-down",
};

G_GNUC_PRINTF(5, 6)
static bool refuse(GError **error, const char *dir, const char *group, const char *key,
                   const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s/%s: [%s] %s: %s", dir, SKIN_FILE,
                group, key, what);
    return false;
}

static bool get_number(GKeyFile *ini, const char *dir, const char *group, const char *key, int max,
                       int *number, GError **error)
{
    g_autoptr(GError) why = NULL;

    *number = g_key_file_get_integer(ini, group, key, &why);
    if (why || *number < 0 || *number > max) {
        return refuse(error, dir, group, key, "missing, or not 0 to %d", max);
    }
    return true;
}

static bool get_region(GKeyFile *ini, const char *dir, const char *group, const struct skin *skin,
                       struct rect *region, GError **error)
{
    if (!get_number(ini, dir, group, "x", skin->width, &region->x, error) ||
        !get_number(ini, dir, group, "y", skin->height, &region->y, error) ||
        !get_number(ini, dir, group, "width", skin->width - region->x, &region->w, error) ||
        !get_number(ini, dir, group, "height", skin->height - region->y, &region->h, error)) {
        return false;
    }
    return (region->w > 0 && region->h > 0) || refuse(error, dir, group, "width", "is empty");
}

static bool get_button(struct skin *skin, GKeyFile *ini, const char *dir, const char *group,
                       GError **error)
{
    g_autofree char *name = g_key_file_get_string(ini, group, "key", NULL);
    struct skin_button *button = &skin->button[skin->button_count];

    if (skin->button_count == SKIN_MAX_BUTTONS) {
        return refuse(error, dir, group, "key", "more than %d buttons", SKIN_MAX_BUTTONS);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(key_names); i++) {
        if (g_strcmp0(name, key_names[i]) == 0) {
            button->key = i;
            skin->button_count++;
            return get_region(ini, dir, group, skin, &button->region, error);
        }
    }
    return refuse(error, dir, group, "key", "'%s' is not power, volume-up or volume-down", name);
}

static bool get_pictures(struct skin *skin, GKeyFile *ini, const char *dir, GError **error)
{
    g_autofree char *picture = g_key_file_get_string(ini, "skin", "picture", NULL);
    g_autofree char *pressed = g_key_file_get_string(ini, "skin", "pressed", NULL);

    if (!picture || !*picture) {
        return refuse(error, dir, "skin", "picture", "missing");
    }
    skin->picture = g_build_filename(dir, picture, NULL);
    skin->pressed = pressed && *pressed ? g_build_filename(dir, pressed, NULL) : NULL;
    return true;
}

static bool parse(struct skin *skin, GKeyFile *ini, const char *dir, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);

    if (!get_number(ini, dir, "skin", "width", SIZE_MAX_UNITS, &skin->width, error) ||
        !get_number(ini, dir, "skin", "height", SIZE_MAX_UNITS, &skin->height, error) ||
        !get_region(ini, dir, "screen", skin, &skin->screen, error) ||
        !get_pictures(skin, ini, dir, error)) {
        return false;
    }
    for (char **group = groups; *group; group++) {
        if (g_str_has_prefix(*group, "button ") && !get_button(skin, ini, dir, *group, error)) {
            return false;
        }
    }
    return true;
}

bool skin_parse(struct skin *skin, const char *dir, const char *text, gsize length, GError **error)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_autoptr(GError) why = NULL;

    *skin = (struct skin){0};
    if (!g_key_file_load_from_data(ini, text, length, G_KEY_FILE_NONE, &why)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s/%s: %s", dir, SKIN_FILE,
                    why->message);
        return false;
    }
    if (!parse(skin, ini, dir, error)) {
        skin_clear(skin);
        return false;
    }
    return true;
}

bool skin_read(struct skin *skin, const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, SKIN_FILE, NULL);
    g_autofree char *text = NULL;
    gsize length;

    *skin = (struct skin){0};
    if (!g_file_get_contents(path, &text, &length, error)) {
        g_prefix_error(error, "no skin: ");
        return false;
    }
    return skin_parse(skin, dir, text, length, error);
}

void skin_clear(struct skin *skin)
{
    g_clear_pointer(&skin->picture, g_free);
    g_clear_pointer(&skin->pressed, g_free);
}

int skin_button_at(const struct skin *skin, double x, double y)
{
    for (unsigned i = 0; i < skin->button_count; i++) {
        struct rect r = skin->button[i].region;
        if (x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h) {
            return (int)i;
        }
    }
    return -1;
}

char *skin_find(const char *name)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *dir = program ? g_path_get_dirname(program) : g_strdup(".");
    g_autofree char *installed =
        g_build_filename(dir, "..", "share", "phonebooth", "skins", name, NULL);

    if (g_file_test(installed, G_FILE_TEST_IS_DIR)) {
        return g_steal_pointer(&installed);
    }
    return g_build_filename(dir, "..", "..", "skins", name, NULL);
}
