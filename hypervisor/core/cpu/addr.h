/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Addresses by kind, so that one is not taken for another. Those of the configuration table are
 * plain numbers, named *_pa and *_ipa.
 */
#ifndef CPU_ADDR_H
#define CPU_ADDR_H

#include <stdint.h>

/* Physical; where EL2 maps it, too. */
struct paddr {
    uint64_t pa;
};

/* Intermediate physical: what a VM takes for physical. */
struct ipa {
    uint64_t ipa;
};

/* Virtual, as a guest's instruction gives it: EL2 never dereferences it. */
struct gva {
    uint64_t va;
};

static inline void *paddr_pointer(struct paddr at)
{
    return (void *)at.pa;
}

#endif
