/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Calls into EL2 by HVC #0, SMC Calling Convention 1.1 (Arm DEN0028): function
 * in x0, arguments x1..x5, result in x0; x4..x17 are preserved. Vendor specific
 * hypervisor service range, 64-bit fast calls. All but PB_CALL_VERSION and
 * PB_CALL_DOORBELL need PB_VM_PRIVILEGED and answer PB_E_DENIED without.
 */
#ifndef PHONEBOOTH_HYPERCALL_H
#define PHONEBOOTH_HYPERCALL_H

#define PB_CALL(n) (0xc6000000u + (n))

/* () -> 1 */
#define PB_CALL_VERSION PB_CALL(1)
/* (vm, entry ipa, x0): takes lent RAM back unless shared; vCPU 0 runs. PB_VM_MEASURED: where the
 * table says */
#define PB_CALL_VM_START PB_CALL(2)
/* (vm): its vCPUs no longer run when this returns 0; PB_E_AGAIN asks to repeat */
#define PB_CALL_VM_STOP PB_CALL(3)
/* (vm) -> bytes left to clear; at 0 the VM is OFF and its RAM lent to its owner; PB_E_AGAIN as
 * above */
#define PB_CALL_VM_SCRUB PB_CALL(4)
/* (vm): its virtual counter stops too; at PB_E_AGAIN it is PAUSED, but may still be leaving a CPU
 */
#define PB_CALL_VM_PAUSE PB_CALL(5)
/* (vm), PAUSED or SUSPENDED: PB_E_AGAIN if it is still leaving */
#define PB_CALL_VM_RESUME PB_CALL(6)
/* (vm): favour this persona over its equals */
#define PB_CALL_VM_FRONT PB_CALL(7)
/* (vm, intid, level 0 | 1 | 2 = pulse): an SPI of that VM */
#define PB_CALL_VIRQ PB_CALL(8)
/* (vm, slot, bits): InterruptStatus |= bits, line up */
#define PB_CALL_VIO_RAISE PB_CALL(9)
/* (vm, vcpu, value): answer a posted access, value for reads; (vm, vcpu, x0, x1, x2, x3): a call */
#define PB_CALL_IO_DONE PB_CALL(10)
/* (): ring the owner: its doorbell INTID for this VM */
#define PB_CALL_DOORBELL PB_CALL(11)
/* (index) -> counter, see enum pb_stat; PB_E_INVALID past the end */
#define PB_CALL_EL2_STATS PB_CALL(12)
/* (on 1 | 0): the trace of phonebooth/trace.h */
#define PB_CALL_TRACE PB_CALL(13)

/* Counters since boot, over all CPUs. */
enum pb_stat {
    PB_STAT_SYNC = 0, /* + n: exceptions taken from guests with ESR_EL2.EC n, n = 0..63 */
    PB_STAT_IRQ = 64, /* interrupts taken from guests */
    PB_STAT_SWITCH,   /* a vCPU was loaded */
    PB_STAT_KICK,     /* a CPU was told to look at its vCPUs or their interrupts */
    PB_STAT_COUNT,
};

enum pb_error {
    PB_OK = 0,
    PB_E_UNKNOWN = -1, /* SMCCC NOT_SUPPORTED */
    PB_E_DENIED = -2,
    PB_E_INVALID = -3, /* a number out of range */
    PB_E_STATE = -4,   /* not in this state of the VM */
    PB_E_AGAIN = -5,   /* under way, call again */
};

#endif
