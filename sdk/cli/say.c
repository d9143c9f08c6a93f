/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "say.h"

#include <stdio.h>
#include <string.h>

#include "progress.h"

enum { KEPT = 4096 }; /* bytes; a line that is longer loses its beginning */

static GString *said; /* the end of all that was said */

void say_bytes(const void *bytes, gsize length)
{
    progress_wipe();
    fwrite(bytes, 1, length, stderr);
    said = said ? said : g_string_new(NULL);
    g_string_append_len(said, bytes, (gssize)length);
    if (said->len > KEPT) {
        g_string_erase(said, 0, (gssize)(said->len - KEPT));
    }
}

void say(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *line = g_strdup_printf("booth: %s\n", text);
    say_bytes(line, strlen(line));
}

void say_usage(const char *command, const char *text)
{
    g_autofree char *line =
        g_strdup_printf("booth %s: %s; see 'booth help %s'\n", command, text, command);

    say_bytes(line, strlen(line));
}

char *say_last(void)
{
    g_autofree char *text = said ? g_utf8_make_valid(said->str, (gssize)said->len) : NULL;

    if (text == NULL || *g_strchomp(text) == '\0') {
        return NULL;
    }
    const char *end = strrchr(text, '\n'), *line = end ? end + 1 : text;
    return g_strdup(g_str_has_prefix(line, "booth: ") ? line + strlen("booth: ") : line);
}
