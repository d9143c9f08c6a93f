/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "ftrace_line.h"

#include <string.h>

/* A number of digits at *at, below the end; -1: there is none. *at is behind it then. */
static gint64 number(const char **at, const char *end)
{
    gint64 value = -1;

    for (; *at < end && g_ascii_isdigit(**at) && value < G_MAXINT; (*at)++) {
        value = MAX(value, 0) * 10 + (**at - '0');
    }
    return value;
}

static void skip_spaces(const char **at, const char *end)
{
    while (*at < end && **at == ' ') {
        (*at)++;
    }
}

/* "-123     [001] d..2.  1234.567890: " */
static gboolean read_middle(const char *at, const char *end, struct ftrace_line *line)
{
    at++;
    gint64 thread = number(&at, end);
    skip_spaces(&at, end);
    if (thread < 0 || at == end || *at++ != '[') {
        return FALSE;
    }
    gint64 cpu = number(&at, end);
    if (cpu < 0 || cpu >= FTRACE_CPUS || end - at < 2 || at[0] != ']') {
        return FALSE;
    }
    at++;
    skip_spaces(&at, end);
    at += strcspn(at, " \n");
    skip_spaces(&at, end);
    gint64 seconds = number(&at, end);
    if (seconds < 0 || at == end || *at++ != '.') {
        return FALSE;
    }
    gint64 micros = number(&at, end);
    if (micros < 0 || end - at < 2 || at[0] != ':' || at[1] != ' ') {
        return FALSE;
    }
    line->thread = (guint)thread;
    line->cpu = (guint)cpu;
    line->time_ns = (seconds * 1000000 + micros % 1000000) * 1000;
    line->event = at + 2;
    return TRUE;
}

static gboolean read_event(const char *end, struct ftrace_line *line)
{
    const char *colon = memchr(line->event, ':', (gsize)(end - line->event));

    if (colon == NULL || colon + 1 >= end || colon[1] != ' ') {
        return FALSE;
    }
    line->event_length = (gsize)(colon - line->event);
    line->rest = colon + 2;
    line->rest_length = (gsize)(end - line->rest);
    return TRUE;
}

/* The name may have any character: the first '-' after which all fits ends it. */
gboolean ftrace_line_read(const char *text, gsize length, struct ftrace_line *line)
{
    const char *end = text + length;

    if (length > FTRACE_LINE_MOST || length == 0 || text[0] == '#') {
        return FALSE;
    }
    skip_spaces(&text, end);
    for (const char *dash = text; dash < end; dash++) {
        if (*dash == '-' && read_middle(dash, end, line)) {
            line->task = text;
            line->task_length = (gsize)(dash - text);
            return read_event(end, line);
        }
    }
    return FALSE;
}

gboolean ftrace_line_is(const struct ftrace_line *line, const char *event)
{
    return strlen(event) == line->event_length &&
           memcmp(event, line->event, line->event_length) == 0;
}

char *ftrace_line_between(const struct ftrace_line *line, const char *before, const char *after)
{
    const char *begin = g_strstr_len(line->rest, (gssize)line->rest_length, before);
    const char *end = line->rest + line->rest_length;

    if (begin == NULL) {
        return NULL;
    }
    begin += strlen(before);
    if (after != NULL) {
        end = g_strrstr_len(begin, end - begin, after);
    }
    return end != NULL ? g_strndup(begin, (gsize)(end - begin)) : NULL;
}
