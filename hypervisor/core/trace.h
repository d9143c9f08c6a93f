/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The trace of phonebooth/trace.h. It costs nothing while it is off: pcpu.resched, which each exit
 * looks at, sends all of them through sched_settle while it is on.
 */
#ifndef CORE_TRACE_H
#define CORE_TRACE_H

#include "core.h"

extern uint8_t tracing; /* RESCHED_TRACE or 0: what pcpu.resched is when there is nothing to do */

/* One record: this CPU leaves EL2 for that vCPU, or PB_TRACE_IDLE. */
void trace(uint32_t vcpu);

#endif
