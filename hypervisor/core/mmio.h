/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Guest accesses that EL2 answers or hands to the VM's owner. */
#ifndef CORE_MMIO_H
#define CORE_MMIO_H

#include "core.h"

struct mmio {
    uint64_t ipa;
    uint64_t value;      /* written, zero extended */
    uint8_t kind;        /* enum pb_io_kind */
    bool again;          /* the last access had to wait: see vgic_cpu.asked */
    struct io_wait read; /* register, size (of writes too) and extension */
};

/* v read this value: extend it as its load instruction says. */
void mmio_finish_read(struct vcpu *v, const struct io_wait *read, uint64_t value);

/* All under the VM's lock. */

/* The access is answered, posted or ignored: true. False: nobody is there. */
bool mmio_access(struct vcpu *v, const struct mmio *m);

/* virtio.c: a write to the virtio-mmio register pages. */
bool virtio_write(struct vcpu *v, const struct mmio *m);

/* Hand the access, or the call, to the owner; v waits for io_done. */
void io_post(struct vcpu *v, const struct mmio *m);

#endif
