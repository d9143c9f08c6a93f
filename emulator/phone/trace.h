/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording of EL2's trace (phonebooth/trace.h) and the file that is made of it: Chrome's trace
 * event format, JSON object form, which Perfetto and chrome://tracing open. Pure.
 */
#ifndef PHONE_TRACE_H
#define PHONE_TRACE_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include <phonebooth/trace.h>

#define TRACE_MAX (1u << 20) /* records kept; what comes later is counted as lost */

struct trace;

/* `table`: names the vCPUs, copied. `hz`: the machine's counter. NULL: that is no table. */
struct trace *trace_new(const struct pb_table *table, uint64_t hz);
void trace_free(struct trace *trace);

/*
 * Takes what is new in a copy of the trace's memory, made while EL2 may write there. The memory was
 * cleared before EL2 began.
 */
void trace_take(struct trace *trace, const struct pb_trace *memory);

/*
 * A CPU that runs this VM has its virtual counter so far behind the machine's. What was seen most
 * often counts: a CPU may be seen between two VMs.
 */
void trace_clock(struct trace *trace, unsigned vm, uint64_t offset);

unsigned trace_records(const struct trace *trace);
uint64_t trace_lost(const struct trace *trace);
double trace_seconds(const struct trace *trace); /* from the first record to the last */

/* The file's text. Events are in the order of time; slices are pairs of B and E. */
void trace_print(const struct trace *trace, FILE *out);

#endif
