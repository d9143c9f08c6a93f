/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "handset.h"
#include "keys.h"
#include "keys_views.h"
#include "phonebooth/kind.h"

#define MAX_SIZE (1ull << 50)

gboolean pack_keys_parse_size(const char *text, guint64 *bytes)
{
    static const char units[] = "KMGT";
    char *end = NULL;
    guint64 value, scale = 1;

    if (!g_ascii_isdigit(*text)) {
        return FALSE;
    }
    value = g_ascii_strtoull(text, &end, 10);
    if (*end) {
        const char *unit = strchr(units, g_ascii_toupper(*end));

        if (!unit || end[1]) {
            return FALSE;
        }
        scale = 1ull << (10 * (unit - units + 1));
    }
    if (value > MAX_SIZE / scale) {
        return FALSE;
    }
    *bytes = value * scale;
    return TRUE;
}

static gboolean parse_uint(const char *text, guint max, guint *number)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(text, 10, 0, max, &value, NULL)) {
        return FALSE;
    }
    *number = (guint)value;
    return TRUE;
}

/* The text goes into other ini files, device trees and the service port's quoted strings. */
static gboolean is_plain(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL)) {
        return FALSE;
    }
    for (; *text; text++) {
        if (g_ascii_iscntrl(*text) || *text == '"' || *text == '\\') {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean pack_keys_is_name(const char *text)
{
    if (!g_ascii_islower(*text) || strlen(text) > 15) {
        return FALSE;
    }
    for (; *text; text++) {
        if (!g_ascii_islower(*text) && !g_ascii_isdigit(*text) && *text != '-') {
            return FALSE;
        }
    }
    return TRUE;
}

static guint string_max(const struct pack_key *key)
{
    return key->max ? key->max : PACK_STRING_MAX;
}

static gboolean parse_string(const struct pack_key *key, const char *text, gpointer field)
{
    char **string = field;

    if (key->type == KEY_NAME ? !pack_keys_is_name(text)
                              : strlen(text) > string_max(key) || !is_plain(text)) {
        return FALSE;
    }
    g_free(*string);
    *string = g_strdup(text);
    return TRUE;
}

static gboolean parse_size(const struct pack_key *key, const char *text, gpointer field)
{
    (void)key;
    return pack_keys_parse_size(text, field);
}

static gboolean parse_memory(const struct pack_key *key, const char *text, gpointer field)
{
    guint64 *bytes = field;

    (void)key;
    if (!pack_keys_parse_size(text, bytes)) {
        return FALSE;
    }
    if (g_ascii_isdigit(text[strlen(text) - 1])) {
        *bytes = *bytes > MAX_SIZE >> 20 ? MAX_SIZE + 1 : *bytes << 20;
    }
    return *bytes <= MAX_SIZE;
}

static gboolean parse_number(const struct pack_key *key, const char *text, gpointer field)
{
    return parse_uint(text, key->max, field);
}

static gboolean parse_uart(const struct pack_key *key, const char *text, gpointer field)
{
    int *uart = field;
    guint number;

    (void)key;
    if (!strcmp(text, "none")) {
        *uart = -1;
        return TRUE;
    }
    if (!parse_uint(text, 255, &number)) {
        return FALSE;
    }
    *uart = (int)number;
    return TRUE;
}

static gboolean parse_bool(const struct pack_key *key, const char *text, gpointer field)
{
    gboolean *value = field;

    (void)key;
    *value = !strcmp(text, "true");
    return *value || !strcmp(text, "false");
}

static gboolean parse_colour(const struct pack_key *key, const char *text, gpointer field)
{
    guint64 value;

    (void)key;
    if (text[0] != '#' || strlen(text) != 7 ||
        !g_ascii_string_to_unsigned(text + 1, 16, 0, 0xffffff, &value, NULL)) {
        return FALSE;
    }
    *(guint32 *)field = (guint32)value;
    return TRUE;
}

static gboolean parse_choice(const struct pack_key *key, const char *text, gpointer field)
{
    for (guint i = 0; key->choices[i]; i++) {
        if (!strcmp(key->choices[i], text)) {
            *(guint *)field = i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean parse_kind(const struct pack_key *key, const char *text, gpointer field)
{
    enum pb_kind kind = pb_kind_of(text);

    (void)key;
    *(enum pb_kind *)field = kind;
    return kind != PB_KINDS;
}

static gboolean parse_names(const struct pack_key *key, const char *text, gpointer field)
{
    char ***names = field;
    guint count;

    (void)key;
    g_strfreev(*names);
    *names = g_strsplit(text, ";", -1);
    count = g_strv_length(*names);
    if (count && !*(*names)[count - 1]) {
        g_clear_pointer(&(*names)[--count], g_free); /* GKeyFile ends lists with a separator */
    }
    for (guint i = 0; i < count; i++) {
        g_strstrip((*names)[i]);
        if (!*(*names)[i] || !is_plain((*names)[i])) {
            return FALSE;
        }
    }
    return count > 0;
}

static gboolean parse_list(const struct pack_key *key, const char *text, gpointer field)
{
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    guint count = g_strv_length(parts);
    guint *list = field;

    if (count && !*parts[count - 1]) {
        count--; /* GKeyFile ends lists with a separator */
    }
    if (!count || count > key->max) {
        return FALSE;
    }
    for (guint i = 0; i < count; i++) {
        if (!parse_uint(g_strstrip(parts[i]), G_MAXINT, &list[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What each type of key takes, and how to say so. */
static const struct key_type {
    gboolean (*parse)(const struct pack_key *key, const char *text, gpointer field);
    const char *expected;
} types[] = {
    [KEY_STRING] = {parse_string, NULL},
    [KEY_NAME] = {parse_string, "lower case letters, digits and '-', at most 15"},
    [KEY_SIZE] = {parse_size, "bytes, or a number with K, M, G or T"},
    [KEY_MEMORY] = {parse_memory, "MiB, or a number with K, M, G or T"},
    [KEY_UINT] = {parse_number, NULL},
    [KEY_UART] = {parse_uart, "a UART number or none"},
    [KEY_BOOL] = {parse_bool, "true or false"},
    [KEY_COLOUR] = {parse_colour, "#rrggbb"},
    [KEY_CHOICE] = {parse_choice, NULL},
    [KEY_KIND] = {parse_kind, NULL},
    [KEY_LIST] = {parse_list, NULL},
    [KEY_NAMES] = {parse_names, "names separated by ';'"},
    [KEY_BATTERY] = {pack_keys_parse_battery, "real, absent or a percentage from 0 to 100"},
    [KEY_POSITION] = {pack_keys_parse_position,
                      "real, absent or 'fixed LATITUDE,LONGITUDE' in degrees, such as "
                      "fixed 52.5163,13.3777"},
    [KEY_RULES] = {pack_keys_parse_rules, "rules such as block any;allow tcp 192.0.2.0/24:443"},
};

static char *expected(const struct pack_key *key)
{
    if (key->type == KEY_STRING) {
        return g_strdup_printf("text of at most %u bytes without quotes, backslashes and control "
                               "characters",
                               string_max(key));
    }
    if (key->type == KEY_UINT) {
        return g_strdup_printf("a number from 0 to %u", key->max);
    }
    if (key->type == KEY_LIST) {
        return g_strdup_printf("at most %u numbers separated by ';'", key->max);
    }
    if (key->type == KEY_KIND) {
        return g_strjoinv(" or ", (char **)pb_kind_names());
    }
    if (key->type == KEY_CHOICE) {
        return g_strjoinv(" or ", (char **)key->choices);
    }
    return g_strdup(types[key->type].expected);
}

static const struct pack_key *find(const struct pack_key_set *keys, const char *name)
{
    for (gsize i = 0; i < keys->count; i++) {
        if (keys->key[i].groups & keys->group && !strcmp(keys->key[i].key, name)) {
            return &keys->key[i];
        }
    }
    return NULL;
}

gboolean pack_keys_read(GKeyFile *ini, const char *file, const char *group,
                        const struct pack_key_set *keys, gpointer into, GError **error)
{
    g_auto(GStrv) names = g_key_file_get_keys(ini, group, NULL, error);

    if (!names) {
        return FALSE;
    }
    for (char **name = names; *name; name++) {
        const struct pack_key *key = find(keys, *name);
        g_autofree char *text = g_key_file_get_string(ini, group, *name, NULL);

        if (!key) {
            return pack_fail(error, "%s: [%s] %s: unknown key; remove it or correct its name", file,
                             group, *name);
        }
        if (!text || !types[key->type].parse(key, g_strstrip(text), (guint8 *)into + key->offset)) {
            g_autofree char *what = expected(key);

            return pack_fail(error, "%s: [%s] %s: bad value; give %s", file, group, *name, what);
        }
    }
    return TRUE;
}
