/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by trace.c, which takes records, and trace_print.c. */
#ifndef PHONE_TRACE_PRIVATE_H
#define PHONE_TRACE_PRIVATE_H

#include "phone/trace.h"

struct trace_entry {
    struct pb_trace_record record;
    uint32_t gap; /* records lost before it */
};

/* A guess by voting: each other value takes one of the votes. */
struct trace_clock {
    uint64_t offset;
    unsigned votes; /* 0: not known */
};

struct trace {
    struct pb_table table;
    struct trace_clock clock[PB_MAX_VMS];
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
