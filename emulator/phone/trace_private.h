/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by trace.c, which takes records, and trace_print.c. */
#ifndef PHONE_TRACE_PRIVATE_H
#define PHONE_TRACE_PRIVATE_H

#include "phone/trace.h"

struct trace_entry {
    struct pb_trace_record record;
    uint32_t gap; /* records lost before it */
};

struct trace {
    struct pb_table table;
    uint64_t hz;
    unsigned count; /* entries of all CPUs */
    uint64_t lost;
    struct trace_cpu {
        GArray *entries; /* of struct trace_entry, by time */
        bool begun;      /* `next` is known */
        uint32_t next;   /* number of the next record, modulo 2^24 */
        uint32_t gap;    /* lost since the last entry */
    } cpu[PB_MAX_PCPUS];
};

#endif
