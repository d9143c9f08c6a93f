/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A line of the file `trace` of tracefs. */
#ifndef TRACE_FTRACE_LINE_H
#define TRACE_FTRACE_LINE_H

#include <glib.h>

enum { FTRACE_CPUS = 64, FTRACE_LINE_MOST = 1000 /* bytes */ };

/* "  kworker/1:2-123     [001] d..2.  1234.567890: sched_switch: prev_comm=..." */
struct ftrace_line {
    const char *task; /* its name: task_length bytes, without an end */
    gsize task_length;
    guint thread, cpu;
    gint64 time_ns;
    const char *event; /* event_length bytes */
    gsize event_length;
    const char *rest; /* rest_length bytes: what the event says */
    gsize rest_length;
};

/* FALSE: that is no such line. */
gboolean ftrace_line_read(const char *text, gsize length, struct ftrace_line *line);

gboolean ftrace_line_is(const struct ftrace_line *line, const char *event);

/*
 * What is between `before` and the last place of `after` (NULL: the end) in the event's text, as in
 * "next_comm=NAME next_pid=": a copy, free with g_free(). NULL: it is not there.
 */
char *ftrace_line_between(const struct ftrace_line *line, const char *before, const char *after);

#endif
