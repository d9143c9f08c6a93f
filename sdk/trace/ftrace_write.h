/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Events of Chrome's trace event format, for ftrace.c. */
#ifndef TRACE_FTRACE_WRITE_H
#define TRACE_FTRACE_WRITE_H

#include "ftrace.h"
#include "ftrace_line.h"

struct ftrace_writer {
    const struct ftrace_place *place;
    GString *out;
    guint events; /* slices and marks that were written */
};

/* Names of the processes, of a CPU, of a program's thread: once for each. */
void ftrace_write_processes(struct ftrace_writer *writer);
void ftrace_write_cpu(struct ftrace_writer *writer, guint cpu);
void ftrace_write_thread(struct ftrace_writer *writer, const struct ftrace_line *line);

/* A slice on a CPU of the kernel. */
void ftrace_write_slice(struct ftrace_writer *writer, guint cpu, const char *category,
                        const char *name, gint64 begin_ns, gint64 end_ns);

/* A mark of the line's thread. `phase` is B, E or i. */
void ftrace_write_mark(struct ftrace_writer *writer, const struct ftrace_line *line,
                       const char *phase, const char *name);

void ftrace_write_count(struct ftrace_writer *writer, const struct ftrace_line *line,
                        const char *name, gint64 value);

#endif
