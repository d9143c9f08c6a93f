/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Instructions executed per exception level and exceptions taken to EL2 per class, exact, for any
 * number of vCPUs. Works with -icount only and adds nothing to the code that the machine runs.
 * No QEMU types in this header.
 */
#ifndef MACHINE_ELCOUNT_H
#define MACHINE_ELCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#define ELCOUNT_CPUS     8
#define ELCOUNT_LEVELS   4
#define ELCOUNT_WAIT_MAX 8191 /* instructions; longer waits count as this one, too */

enum elcount_class {
    ELCOUNT_WFX,
    ELCOUNT_FP,
    ELCOUNT_HVC,
    ELCOUNT_SMC,
    ELCOUNT_SYSREG,
    ELCOUNT_INSTRUCTION_ABORT,
    ELCOUNT_DATA_ABORT,
    ELCOUNT_IRQ,
    ELCOUNT_FIQ,
    ELCOUNT_SERROR,
    ELCOUNT_OTHER,
    ELCOUNT_CLASSES,
};

/*
 * How long an interrupt of a CPU waits for EL2: instructions of that CPU at EL2 from the moment
 * when the interrupt is there to the next return to a guest, or WFI. Other CPUs' instructions are
 * not in it, as they would not be on a machine that runs them at the same time.
 */
struct elcount_wait {
    uint64_t count;
    uint64_t p999; /* 99.9 % are not longer */
    uint64_t max;
};

struct elcount {
    bool on;
    uint64_t instructions[ELCOUNT_LEVELS];
    uint64_t exceptions[ELCOUNT_CLASSES]; /* from a lower level to EL2 */
    uint64_t el2[ELCOUNT_CLASSES];        /* EL2's instructions by what it was entered for */
    /* The most that EL2 executed in one go: from entry, or waking up in it, to ERET or WFI */
    uint64_t longest[ELCOUNT_CLASSES];
    uint64_t boot; /* EL2's before the first guest instruction; no reset concerns it */
    uint64_t entries[ELCOUNT_CPUS]; /* exceptions, by CPU */
    struct elcount_wait wait[ELCOUNT_CPUS];
};

/* Machine made, its lock held. Without -icount: nothing happens, elcount_read() says off. */
void elcount_start(void);

/* What a vCPU that calls this has executed so far is counted, too. Machine's lock held. */
void elcount_sync(void);

/* Machine's lock held. `reset`: counting starts again at 0, but for `boot`. */
void elcount_read(struct elcount *count, bool reset);

/* "hvc", "data-abort", ... */
const char *elcount_class_name(enum elcount_class class);

#endif
