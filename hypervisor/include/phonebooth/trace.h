/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The trace: what each physical CPU ran, written by EL2 while PB_CALL_TRACE has it on. Rings of
 * records in memory that no VM sees, behind the configuration table; whoever can read physical
 * memory (the emulator, a debug probe) takes them from there. A record is written when EL2 is left
 * for a vCPU, whichever that is, or when the CPU goes to sleep.
 */
#ifndef PHONEBOOTH_TRACE_H
#define PHONEBOOTH_TRACE_H

#include "table.h"

#define PB_TRACE_PA      (PB_TABLE_PA + PB_TABLE_MAX)
#define PB_TRACE_RECORDS 2048u /* of one CPU: number n = 1, 2, ... is ring[n % this] */

/* pb_trace_record.tag: number of the record, modulo 2^24, and index of the vCPU in the table */
#define PB_TRACE_NUMBER(tag) ((tag) >> 8)
#define PB_TRACE_VCPU(tag)   ((tag)&0xff)
#define PB_TRACE_IDLE        255u /* instead of a vCPU: the CPU goes to sleep */

struct pb_trace_record {
    uint32_t tag;   /* written last */
    uint32_t esr;   /* ESR_EL2 of the exception that entered EL2; 0: an interrupt */
    uint64_t time;  /* CNTPCT_EL0 */
    uint64_t pc;    /* where the vCPU goes on; of no meaning when idle */
    uint64_t hpfar; /* HPFAR_EL2: of an abort, bits 43:4 are bits 51:12 of the IPA */
};

struct pb_trace {
    struct pb_trace_record ring[PB_MAX_PCPUS][PB_TRACE_RECORDS];
};

_Static_assert(sizeof(struct pb_trace_record) == 32, "trace layout");
_Static_assert(PB_TRACE_PA + sizeof(struct pb_trace) <= 0x40400000, "2 MiB with image and table");

#endif
