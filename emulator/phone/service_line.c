/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/service_line.h"

#include <string.h>

static const char *skip_spaces(const char *at)
{
    while (*at == ' ') {
        at++;
    }
    return at;
}

/* The word at `*at`, which moves behind it. NULL at the end of the line. */
static char *take_word(const char **at)
{
    const char *start = skip_spaces(*at);
    const char *end = start + strcspn(start, " ");

    *at = end;
    return end == start ? NULL : g_strndup(start, (gsize)(end - start));
}

/* A value: to the next space, or what stands in double quotes. NULL: a quote is not closed. */
static char *take_value(const char **at)
{
    if (**at != '"') {
        char *word = **at == ' ' ? NULL : take_word(at);
        return word ? word : g_strdup("");
    }
    const char *start = *at + 1;
    const char *end = strchr(start, '"');
    if (!end) {
        return NULL;
    }
    *at = end + 1;
    return g_strndup(start, (gsize)(end - start));
}

static bool take_pairs(const char *at, GHashTable *values)
{
    for (at = skip_spaces(at); *at; at = skip_spaces(at)) {
        gsize length = strcspn(at, "= ");
        if (length == 0 || at[length] != '=') {
            return false;
        }
        g_autofree char *key = g_strndup(at, length);
        at += length + 1;
        char *value = take_value(&at);
        if (!value) {
            return false;
        }
        g_hash_table_replace(values, g_steal_pointer(&key), value);
    }
    return true;
}

static bool parse_id(const char *word, uint32_t *id)
{
    guint64 number;
    if (!g_ascii_string_to_unsigned(word, 10, 0, G_MAXUINT32, &number, NULL)) {
        return false;
    }
    *id = (uint32_t)number;
    return true;
}

bool service_line_parse(const char *text, struct service_line *line)
{
    const char *at = text;
    g_autofree char *first = take_word(&at);
    g_autofree char *second = take_word(&at);
    g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct service_line parsed = {.kind = SERVICE_EVENT};

    if (strlen(text) >= SERVICE_LINE_MAX || !g_utf8_validate(text, -1, NULL) || !first || !second) {
        return false;
    }
    if (strcmp(first, "!") == 0) {
        parsed.text = g_steal_pointer(&second);
    } else if (!parse_id(first, &parsed.id)) {
        return false;
    } else if (strcmp(second, "err") == 0) {
        parsed.kind = SERVICE_ERR;
        parsed.text = g_strdup(skip_spaces(at));
    } else if (strcmp(second, "ok") == 0) {
        parsed.kind = SERVICE_OK;
    } else {
        return false;
    }
    if (parsed.kind != SERVICE_ERR && !take_pairs(at, values)) {
        g_free(parsed.text);
        return false;
    }
    parsed.values = g_steal_pointer(&values);
    *line = parsed;
    return true;
}

void service_line_clear(struct service_line *line)
{
    g_clear_pointer(&line->text, g_free);
    g_clear_pointer(&line->values, g_hash_table_unref);
}

const char *service_line_get(const struct service_line *line, const char *key)
{
    return g_hash_table_lookup(line->values, key);
}

int64_t service_line_number(const struct service_line *line, const char *key, int64_t fallback)
{
    const char *text = service_line_get(line, key);
    guint64 number;

    if (!text || !g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT64, &number, NULL)) {
        return fallback;
    }
    return (int64_t)number;
}
