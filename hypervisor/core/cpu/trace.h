/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The trace of phonebooth/trace.h. It costs nothing while it is off: pcpu.resched, which each exit
 * looks at, sends all of them through sched_settle while it is on.
 */
#ifndef CPU_TRACE_H
#define CPU_TRACE_H

#include "cpu/pcpu.h"

extern uint8_t tracing; /* RESCHED_TRACE or 0: what pcpu.resched is when there is nothing to do */

/* From now on, on all CPUs. */
void trace_set(bool on);

/* One record: this CPU leaves EL2 for that vCPU, or PB_TRACE_IDLE. */
void trace(uint32_t vcpu);

#endif
