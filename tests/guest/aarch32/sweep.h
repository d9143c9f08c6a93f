/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Every register of the coprocessors that A32 can name, read. */
#ifndef GUEST_AARCH32_SWEEP_H
#define GUEST_AARCH32_SWEEP_H

#include <stdint.h>

struct sweep {
    uint32_t read;
    uint32_t undefined;
    uint32_t other; /* exceptions that are none of a register that is not there */
};

/* MRC of all of CP14 or CP15; MRRC of all of CP15. IRQs masked. */
struct sweep sweep_mrc(unsigned coprocessor);
struct sweep sweep_mrrc(void);

#endif
