/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A physical interrupt. It has its own type so that it cannot be passed as an interrupt of a VM,
 * whose INTID is a plain number. */
#ifndef CPU_PIRQ_H
#define CPU_PIRQ_H

#include <stdint.h>

struct pirq {
    uint32_t intid; /* Arm IHI 0069, 2.2 */
};

#endif
