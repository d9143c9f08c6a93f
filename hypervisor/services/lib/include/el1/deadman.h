/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Notices that the service hangs: EL1's physical timer fires while one turn of the event loop goes
 * on, and its interrupt is taken wherever the service is. A turn has six times a second; a
 * machine that stood still, or a service that was not let run, loses one of them at most.
 */
#ifndef EL1_DEADMAN_H
#define EL1_DEADMAN_H

#include <stdbool.h>
#include <stdint.h>

/* From now on it watches; irq_init() first. */
void deadman_start(void);

/* A turn begins. */
void deadman_alive(void);

/* The loop is about to wait until the time of clock_us() at the latest. */
void deadman_rest(uint64_t until_us);

/* Its interrupt has been taken, or another one that is urgent. True: the service hangs. Changes no
 * FP and SIMD registers. */
bool deadman_interrupt(void);

#endif
