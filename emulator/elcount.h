/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Instructions executed per exception level and exceptions taken to EL2 per class, exact, for any
 * number of vCPUs. Works with -icount only and adds nothing to the code that the machine runs.
 * No QEMU types in this header.
 */
#ifndef ELCOUNT_H
#define ELCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#define ELCOUNT_LEVELS 4

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

struct elcount {
    bool on;
    uint64_t instructions[ELCOUNT_LEVELS];
    uint64_t exceptions[ELCOUNT_CLASSES]; /* from a lower level to EL2 */
    uint64_t el2[ELCOUNT_CLASSES];        /* EL2's instructions by what it was entered for */
    /* The most that EL2 executed in one go: from an entry, or from waking up in it, to ERET or WFI
     */
    uint64_t longest[ELCOUNT_CLASSES];
    uint64_t
        boot; /* all EL2 instructions before the first guest instruction; no reset concerns it */
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
