/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls into the machine's main loop. No QEMU types in this header. */
#ifndef MACHINE_CALL_H
#define MACHINE_CALL_H

/* From QEMU's main loop, with its lock held: be quick, block on nothing. */
typedef void machine_fn(void *opaque);

/* Main thread, once, before the machine is made. */
void machine_call_init(void);

/* Calls `fn` soon, in the order of these calls. From any thread, takes no lock of QEMU's. */
void machine_call(machine_fn *fn, void *opaque);

#endif
