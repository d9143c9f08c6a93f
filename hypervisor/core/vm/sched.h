/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Which vCPU a physical CPU runs: the highest priority; among equals the one whose turn it is, for
 * a time slice. A vCPU may spend its slice in pieces; when it is used up the vCPU goes to the end
 * of the line. Tickless: the EL2 timer is set only for the end of a slice for which another vCPU
 * waits, and for the next timer of a sleeping vCPU.
 */
#ifndef VM_SCHED_H
#define VM_SCHED_H

#include "vm/vm.h"

extern const struct vm *sched_front; /* its vCPUs have longer slices; NULL: none */

/* The vCPU to enter, ready; v was loaded. */
struct vcpu *sched_settle(struct vcpu *v);

/* Last step of each exit: the same, at once if nothing has changed. */
struct vcpu *sched_leave(struct vcpu *v);

/* A CPU's first vCPU; sleeps until there is one. */
struct vcpu *sched_first(void);

#endif
