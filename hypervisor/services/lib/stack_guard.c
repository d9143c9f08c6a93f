/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What -fstack-protector calls, also in libfdt. The value is set once the counter can be read. */
#include <stdint.h>

#include "el1/fault.h"
#include "el1/log.h"
#include "el1/stack_guard.h"

uintptr_t __stack_chk_guard = 0x000aff0d5f3a91c7u;

_Noreturn void __stack_chk_fail(void);

_Noreturn void __stack_chk_fail(void)
{
    log_line("FAULT stack overwritten, caller %p", __builtin_return_address(0));
    fault_end();
}
