/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Interrupts of the machine, so that none is taken for a VM's: the INTIDs of those are plain. */
#ifndef CPU_PIRQ_H
#define CPU_PIRQ_H

#include <stdint.h>

struct pirq {
    uint32_t intid; /* Arm IHI 0069, 2.2 */
};

#endif
