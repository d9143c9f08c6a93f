/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where a program was, many times a second: what `perf script` prints, as data. */
#ifndef PROFILE_SAMPLES_H
#define PROFILE_SAMPLES_H

#include <glib.h>

struct sample {
    const char *thread;  /* its name and number */
    gint64 time_us;      /* of the persona's clock */
    GPtrArray *function; /* names, from the outermost to the one that ran */
};

struct samples {
    GArray *sample;      /* of struct sample, in the order in which they came */
    GStringChunk *words; /* that the names are in, each once: equal names have equal addresses */
};

/*
 * Reads the text of `perf script -F comm,tid,time,ip,sym,dso`. A guest has written it: lines that
 * make no sense are passed over, and of a stack at most SAMPLES_DEEPEST functions are kept.
 */
struct samples *samples_read(const char *text);

enum { SAMPLES_DEEPEST = 200 };

/* Accepts NULL. */
void samples_free(struct samples *samples);

typedef struct samples samples;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(samples, samples_free)

/* All of it as a flame graph, which is SVG; `title` stands above it. Free with g_free(). */
char *samples_flame_graph(const struct samples *samples, const char *title);

/* As a trace for Perfetto or chrome://tracing: a line per thread, with the functions on it. */
char *samples_timeline(const struct samples *samples);

#endif
