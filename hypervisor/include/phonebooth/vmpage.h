/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The page through which EL2 tells a service about one VM it serves. It lies in
 * the service's RAM. EL2 only writes it (io[].state excepted) and trusts nothing it reads there.
 */
#ifndef PHONEBOOTH_VMPAGE_H
#define PHONEBOOTH_VMPAGE_H

#include "table.h"

enum pb_vm_state {
    PB_VM_OFF = 0, /* RAM clean, lent to the owner */
    PB_VM_RUNNING = 1,
    PB_VM_PAUSED = 2,
    PB_VM_STOPPED = 3, /* RAM dirty: scrub */
    /* PSCI SYSTEM_SUSPEND: RUNNING again with an interrupt that is due or PB_CALL_VM_RESUME */
    PB_VM_SUSPENDED = 4,
};

enum pb_vm_reason { /* why it is STOPPED */
                    PB_REASON_NONE = 0,
                    PB_REASON_REQUEST = 1,      /* PB_CALL_VM_STOP */
                    PB_REASON_SYSTEM_OFF = 2,   /* PSCI */
                    PB_REASON_SYSTEM_RESET = 3, /* PSCI; the owner starts it again */
                    PB_REASON_FAULT = 4,        /* it could not go on: see fault_* */
                    PB_REASON_WATCHDOG = 5,     /* set by the owner, not by EL2 */
};

enum pb_io_kind {
    PB_IO_READ = 0,
    PB_IO_WRITE = 1,
    PB_IO_CALL = 2, /* an SMCCC call that EL2 does not know (Arm DEN0028) */
};

/*
 * A posted access or call: EL2 fills it, sets state to 1, rings; PB_CALL_IO_DONE ends it, and so
 * does the VM's next start.
 */
struct pb_io {
    uint32_t state; /* 0 free, 1 waiting for the owner */
    uint8_t kind;   /* enum pb_io_kind */
    uint8_t size;   /* bytes: 1, 2, 4, 8 */
    uint8_t reserved[2];
    uint64_t ipa;   /* of a call: the function, x0 */
    uint64_t value; /* written value, zero extended; of a call: x1 */
    uint64_t arg;   /* of a call: x2 */
};

struct pb_vm_page {
    uint32_t state;  /* enum pb_vm_state */
    uint32_t reason; /* enum pb_vm_reason */
    uint32_t faults; /* aborts and undefined instructions injected so far */
    uint32_t reserved;
    uint64_t fault_esr; /* of the last one: ESR_EL2 */
    uint64_t fault_ipa;
    uint64_t fault_pc;
    /* Queues notified, one bit each, by slot. The owner takes them by an atomic exchange with 0. */
    uint32_t notify[PB_VIO_SLOTS];
    uint32_t rung; /* PB_CALL_DOORBELL came; exchange with 0 */
    uint32_t reserved2;
    struct pb_io io[PB_MAX_VM_VCPUS]; /* by vCPU */
};

_Static_assert(sizeof(struct pb_io) == 32, "page layout");
_Static_assert(sizeof(struct pb_vm_page) <= 4096, "one page");

#endif
