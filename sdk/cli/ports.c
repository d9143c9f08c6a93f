/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "ports.h"

#include <string.h>

gboolean ports_parse_one(const char *text, gboolean any, guint16 *port)
{
    guint64 number = 0;
    const char *digits = g_str_has_prefix(text, "tcp:") ? text + strlen("tcp:") : text;

    if (!g_ascii_string_to_unsigned(digits, 10, any ? 0 : 1, G_MAXUINT16, &number, NULL)) {
        return FALSE;
    }
    *port = (guint16)number;
    return TRUE;
}

gboolean ports_parse(const char *first, const char *second, struct ports *ports)
{
    g_autofree char *from = g_strdup(first);

    if (second == NULL) {
        char *colon = strchr(g_str_has_prefix(from, "tcp:") ? from + strlen("tcp:") : from, ':');
        if (colon == NULL) {
            return FALSE;
        }
        *colon = '\0';
        second = first + (colon - from) + 1;
    }
    return ports_parse_one(from, TRUE, &ports->from) && ports_parse_one(second, FALSE, &ports->to);
}
