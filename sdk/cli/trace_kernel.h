/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a persona's kernel records while EL2 does (booth trace --kernel). */
#ifndef BOOTH_TRACE_KERNEL_H
#define BOOTH_TRACE_KERNEL_H

#include "../trace/ftrace.h"
#include "cli.h"

struct trace_kernel;

/*
 * The kernel of the persona called vm (NULL: the one in front) begins to record. *trace has to be
 * freed. On failure one line is on stderr and the exit code is returned.
 */
int trace_kernel_start(const struct cli *cli, const char *vm, struct trace_kernel **trace);

/* It ends, and its records come here. */
int trace_kernel_stop(struct trace_kernel *trace);

/*
 * Adds them to the file that the phone has made of EL2's. The file is replaced as a whole, or left
 * as it is. Returns the exit code, after a line on stderr if it is not EXIT_DONE.
 */
int trace_kernel_add(const struct trace_kernel *trace, const char *path,
                     struct ftrace_result *result);

/* Name of the persona; as long as the trace. */
const char *trace_kernel_vm(const struct trace_kernel *trace);

/* Ends it if it still records. Accepts NULL. */
void trace_kernel_free(struct trace_kernel *trace);

typedef struct trace_kernel trace_kernel;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(trace_kernel, trace_kernel_free)

#endif
