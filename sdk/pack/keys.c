/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "keys.h"

#define MAX_SIZE (1ull << 50)

gboolean pack_keys_parse_size(const char *text, guint64 *bytes)
{
    static const char units[] = "KMGT";
    char *end = NULL;
    guint64 value, scale = 1;

    if (!g_ascii_isdigit(*text))
        return FALSE;
    value = g_ascii_strtoull(text, &end, 10);
    if (*end) {
        const char *unit = strchr(units, g_ascii_toupper(*end));

        if (!unit || end[1])
            return FALSE;
        scale = 1ull << (10 * (unit - units + 1));
    }
    if (value > MAX_SIZE / scale)
        return FALSE;
    *bytes = value * scale;
    return TRUE;
}

static gboolean parse_memory(const char *text, guint64 *bytes)
{
    if (!pack_keys_parse_size(text, bytes))
        return FALSE;
    if (g_ascii_isdigit(text[strlen(text) - 1]))
        *bytes = MIN(*bytes, MAX_SIZE) << 20;
    return *bytes <= MAX_SIZE;
}

static gboolean parse_uint(const char *text, guint max, guint *number)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(text, 10, 0, max, &value, NULL))
        return FALSE;
    *number = (guint)value;
    return TRUE;
}

/* The text goes into other ini files, device trees and the service port's quoted strings. */
static gboolean is_plain(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL) || strlen(text) > 1000)
        return FALSE;
    for (; *text; text++) {
        if (g_ascii_iscntrl(*text) || *text == '"' || *text == '\\')
            return FALSE;
    }
    return TRUE;
}

gboolean pack_keys_is_name(const char *text)
{
    if (!g_ascii_islower(*text) || strlen(text) > 15)
        return FALSE;
    for (; *text; text++) {
        if (!g_ascii_islower(*text) && !g_ascii_isdigit(*text) && *text != '-')
            return FALSE;
    }
    return TRUE;
}

static gboolean parse_string(const struct pack_key *key, const char *text, char **field)
{
    if (key->type == KEY_NAME ? !pack_keys_is_name(text) : !is_plain(text))
        return FALSE;
    g_free(*field);
    *field = g_strdup(text);
    return TRUE;
}

static gboolean parse_colour(const char *text, guint32 *colour)
{
    guint64 value;

    if (text[0] != '#' || strlen(text) != 7 ||
        !g_ascii_string_to_unsigned(text + 1, 16, 0, 0xffffff, &value, NULL))
        return FALSE;
    *colour = (guint32)value;
    return TRUE;
}

static gboolean parse_choice(const struct pack_key *key, const char *text, guint *index)
{
    for (guint i = 0; key->choices[i]; i++) {
        if (!strcmp(key->choices[i], text)) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean parse_list(const struct pack_key *key, const char *text, guint *list)
{
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    guint count = g_strv_length(parts);

    if (count && !*parts[count - 1])
        count--; /* GKeyFile ends lists with a separator */
    if (!count || count > key->max)
        return FALSE;
    for (guint i = 0; i < count; i++) {
        if (!parse_uint(g_strstrip(parts[i]), G_MAXINT, &list[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean parse_uart(const char *text, int *uart)
{
    guint number;

    if (!strcmp(text, "none")) {
        *uart = -1;
        return TRUE;
    }
    if (!parse_uint(text, 255, &number))
        return FALSE;
    *uart = (int)number;
    return TRUE;
}

static gboolean parse_bool(const char *text, gboolean *value)
{
    *value = !strcmp(text, "true");
    return *value || !strcmp(text, "false");
}

static gboolean parse(const struct pack_key *key, const char *text, guint8 *into)
{
    gpointer field = into + key->offset;

    switch (key->type) {
    case KEY_STRING:
    case KEY_NAME:
        return parse_string(key, text, field);
    case KEY_SIZE:
        return pack_keys_parse_size(text, field);
    case KEY_MEMORY:
        return parse_memory(text, field);
    case KEY_UINT:
        return parse_uint(text, key->max, field);
    case KEY_UART:
        return parse_uart(text, field);
    case KEY_BOOL:
        return parse_bool(text, field);
    case KEY_COLOUR:
        return parse_colour(text, field);
    case KEY_CHOICE:
        return parse_choice(key, text, field);
    case KEY_LIST:
        return parse_list(key, text, field);
    }
    return FALSE;
}

static char *expected(const struct pack_key *key)
{
    static const char *const text[] = {
        [KEY_STRING] = "text without quotes, backslashes and control characters",
        [KEY_NAME] = "lower case letters, digits and '-', at most 15",
        [KEY_SIZE] = "bytes, or a number with K, M, G or T",
        [KEY_MEMORY] = "MiB, or a number with K, M, G or T",
        [KEY_UART] = "a UART number or none",
        [KEY_BOOL] = "true or false",
        [KEY_COLOUR] = "#rrggbb",
    };

    if (key->type == KEY_UINT)
        return g_strdup_printf("a number from 0 to %u", key->max);
    if (key->type == KEY_LIST)
        return g_strdup_printf("at most %u numbers separated by ';'", key->max);
    if (key->type == KEY_CHOICE) {
        g_autofree char *joined = g_strjoinv(" or ", (char **)key->choices);

        return g_strdup(joined);
    }
    return g_strdup(text[key->type]);
}

static const struct pack_key *find(const struct pack_key *keys, gsize count, const char *name)
{
    for (gsize i = 0; i < count; i++) {
        if (!strcmp(keys[i].key, name))
            return &keys[i];
    }
    return NULL;
}

gboolean pack_keys_read(GKeyFile *ini, const char *file, const char *group,
                        const struct pack_key *keys, gsize count, gpointer into, GError **error)
{
    g_auto(GStrv) names = g_key_file_get_keys(ini, group, NULL, error);

    if (!names)
        return FALSE;
    for (char **name = names; *name; name++) {
        const struct pack_key *key = find(keys, count, *name);
        g_autofree char *text = g_key_file_get_string(ini, group, *name, NULL);

        if (!key)
            return pack_fail(error, "%s: [%s] %s: unknown key; remove it or correct its name", file,
                             group, *name);
        if (!text || !parse(key, g_strstrip(text), into)) {
            g_autofree char *what = expected(key);

            return pack_fail(error, "%s: [%s] %s: bad value; give %s", file, group, *name, what);
        }
    }
    return TRUE;
}
