/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Guest accesses as EL2 sees them, and how one is posted to the VM's owner. */
#ifndef VM_POST_H
#define VM_POST_H

#include "vm/vm.h"

struct mmio {
    struct ipa ipa;      /* of a call: the function */
    uint64_t value;      /* written, zero extended */
    uint8_t kind;        /* enum pb_io_kind */
    struct io_wait read; /* register, size (of writes too) and extension */
};

/* Bits of a value of `size` bytes. */
static inline uint64_t post_mask(unsigned size)
{
    return ~0ull >> ((64 - 8 * size) & 63);
}

/* The value, of that access's size, between register and device, which is little endian. */
uint64_t post_order(const struct io_wait *access, uint64_t value);

/* v read this value: extend it as its load instruction says. */
void post_finish_read(struct vcpu *v, const struct io_wait *read, uint64_t value);

/* Hand the access, or the call, to the owner; v waits for post_done. Under the VM's lock. */
void post_access(struct vcpu *v, const struct mmio *m);

/* PB_CALL_IO_DONE for vCPU `index`: value[0] for reads; of a call value[0..3]. Under the lock. */
int64_t post_done(struct vm *vm, uint64_t index, const uint64_t *value);

#endif
