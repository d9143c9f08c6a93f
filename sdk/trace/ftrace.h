/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the kernel of a persona has recorded with ftrace, as events of Chrome's trace event format:
 * a process for the kernel, with a thread per CPU of the persona, on which tasks, interrupts and
 * softirqs are slices; and one for what programs have written to trace_marker, with a thread for
 * each of theirs. Pure.
 */
#ifndef TRACE_FTRACE_H
#define TRACE_FTRACE_H

#include <glib.h>

/* Where the records are on the timeline. */
struct ftrace_place {
    const char *vm;   /* the persona's name */
    unsigned process; /* its number in the timeline; the new ones are made of it */
    double origin_us; /* what the timeline says ... */
    gint64 origin_ns; /* ... when the clock of the records says this */
};

struct ftrace_result {
    guint events; /* slices and marks */
    guint64 lost; /* records that the kernel has overwritten */
};

/* Numbers of the two processes. */
#define FTRACE_KERNEL(process) ((process) + 100)
#define FTRACE_MARKS(process)  ((process) + 200)

/*
 * Reads what the file `trace` of tracefs says, and appends JSON objects to `out`, each with a comma
 * and a new line in front of it. A guest has written the text: lines that make no sense are passed
 * over, and whatever it says the output is JSON.
 *
 * A mark is a text, which is an instant, or as Android's atrace has it: "B|PID|NAME" begins a
 * slice, "E|PID" ends it, "C|PID|NAME|VALUE" is a value that changes.
 */
struct ftrace_result ftrace_events(const char *text, const struct ftrace_place *place,
                                   GString *out);

#endif
