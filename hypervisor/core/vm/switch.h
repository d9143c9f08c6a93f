/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Put a vCPU on this physical CPU and take it off. */
#ifndef VM_SWITCH_H
#define VM_SWITCH_H

#include "vm/vm.h"

/* v's registers into this CPU; cur is v already, nothing is loaded. */
void vcpu_load(struct vcpu *v);

/* cur becomes NULL; everything of v is in memory, but FP/SIMD perhaps. */
void vcpu_unload(struct vcpu *v);

/*
 * v's breakpoints and watchpoints into this CPU, where v is loaded, if MDSCR_EL1 makes them count:
 * without that, what the CPU holds of another vCPU's does nothing, and is not to be read either.
 */
void vcpu_load_debug(const struct vcpu *v);

/* FP/SIMD used while another vCPU's registers were in the CPU: exchange them. */
void vcpu_take_fp(struct vcpu *v);

#endif
