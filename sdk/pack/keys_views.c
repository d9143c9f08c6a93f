/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "handset.h"
#include "keys_views.h"
#include "netrule.h"

#define FIXED  "fixed "
#define DEGREE 1e7

gboolean pack_keys_parse_battery(const struct pack_key *key, const char *text, gpointer field)
{
    int *battery = field;
    guint64 percent;

    (void)key;
    if (!strcmp(text, "real") || !strcmp(text, "absent")) {
        *battery = *text == 'r' ? PACK_BATTERY_REAL : PACK_BATTERY_ABSENT;
        return TRUE;
    }
    if (!g_ascii_string_to_unsigned(text, 10, 0, 100, &percent, NULL)) {
        return FALSE;
    }
    *battery = (int)percent;
    return TRUE;
}

/* Degrees up to `most`; *end: behind them. */
static gboolean parse_degrees(const char *text, double most, gint32 *degrees, char **end)
{
    double value = g_ascii_strtod(text, end);

    if (*end == text || !(value >= -most && value <= most)) {
        return FALSE;
    }
    *degrees = (gint32)(value * DEGREE + (value < 0 ? -0.5 : 0.5));
    return TRUE;
}

gboolean pack_keys_parse_position(const struct pack_key *key, const char *text, gpointer field)
{
    struct pack_position *position = field;
    char *end;

    (void)key;
    if (!strcmp(text, "real") || !strcmp(text, "absent")) {
        position->view = *text == 'r' ? PACK_VIEW_REAL : PACK_VIEW_ABSENT;
        return TRUE;
    }
    if (!g_str_has_prefix(text, FIXED)) {
        return FALSE;
    }
    position->view = PACK_VIEW_FIXED;
    return parse_degrees(text + strlen(FIXED), 90, &position->latitude, &end) && *end == ',' &&
           parse_degrees(end + 1, 180, &position->longitude, &end) && !*end;
}

gboolean pack_keys_parse_rules(const struct pack_key *key, const char *text, gpointer field)
{
    g_autoptr(GArray) rules = netrule_list(text, NULL);
    g_autoptr(GString) clean = g_string_new(NULL);
    char **string = field;

    (void)key;
    if (!rules) {
        return FALSE;
    }
    for (guint i = 0; i < rules->len; i++) {
        g_autofree char *rule = netrule_print(&g_array_index(rules, struct netrule, i));

        g_string_append_printf(clean, "%s%s", i ? ";" : "", rule);
    }
    g_free(*string);
    *string = g_strdup(clean->str);
    return TRUE;
}
