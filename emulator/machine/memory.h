/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's physical memory, seen from outside. On the machine's thread (machine_call()). */
#ifndef MACHINE_MEMORY_H
#define MACHINE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* CPUs may write there meanwhile. Bytes where nothing is are anything. */
void memory_read(uint64_t address, void *to, size_t size);

void memory_write(uint64_t address, const void *from, size_t size);
void memory_clear(uint64_t address, size_t size);

/*
 * For a machine that goes on from a state: it writes to a page here and there of what was zeros,
 * and would have 2 MiB of the host's memory for each.
 */
void memory_use_small_pages(void);

/* Frequency of the generic timers' counter. */
uint64_t memory_counter_hz(void);

#endif
