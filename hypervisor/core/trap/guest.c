/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap/guest.h"
#include "trap/a32_state.h"

void trap_skip(uint64_t esr)
{
    uint64_t spsr = sysreg_read(spsr_el2) & ~SPSR_SS; /* a guest's debugger steps on */

    if (spsr & SPSR_A32) {
        spsr = a32_advance((uint32_t)spsr);
    }
    sysreg_write(spsr_el2, spsr);
    sysreg_write(elr_el2, sysreg_read(elr_el2) + (esr & ESR_IL ? 4 : 2));
}
