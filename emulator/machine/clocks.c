/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "cpu.h"
#include "hw/core/cpu.h"
#include "machine/clocks.h"

#define VMID_SHIFT 48

bool clocks_read(unsigned cpu, unsigned *vm, uint64_t *offset)
{
    CPUState *state = qemu_get_cpu((int)cpu);
    CPUARMState *env;
    uint64_t before, between;

    if (!state) {
        return false;
    }
    env = &ARM_CPU(state)->env;
    between = qatomic_read(&env->cp15.cntvoff_el2);
    before = qatomic_read(&env->cp15.vttbr_el2);
    *offset = qatomic_read(&env->cp15.cntvoff_el2);
    *vm = (unsigned)(before >> VMID_SHIFT);
    return *offset == between && before == qatomic_read(&env->cp15.vttbr_el2);
}
