/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Exceptions given to a guest that is loaded. */
#ifndef TRAP_INJECT_H
#define TRAP_INJECT_H

#include "vm/vm.h"

/* An undefined instruction; esr, ESR_EL2, is kept for the VM's page. */
void inject_undefined(struct vcpu *v, uint64_t esr);

/* A synchronous external abort at the faulting address. */
void inject_abort(struct vcpu *v, uint64_t esr, struct ipa ipa);

#endif
