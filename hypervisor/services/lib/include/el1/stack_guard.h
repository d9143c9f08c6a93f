/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The canary of -fstack-protector. Only a function that never returns may change it. */
#ifndef EL1_STACK_GUARD_H
#define EL1_STACK_GUARD_H

#include <stdint.h>

extern uintptr_t __stack_chk_guard;

#endif
