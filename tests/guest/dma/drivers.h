/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * DMA by each kind of master of board one: one transfer to or from any address, and what the
 * firewall says of it. The SD host is driven by the switchboard's own driver.
 */
#ifndef GUEST_DMA_DRIVERS_H
#define GUEST_DMA_DRIVERS_H

#include <stdbool.h>
#include <stdint.h>

#define BLOCK 512u /* bytes of a transfer of the SD host */
#define FRAME 64u  /* bytes of one of the GEM */

#define MASTER_DISPLAY 0u
#define MASTER_SDHCI   1u
#define MASTER_GEM     5u

#define FIREWALL_CONTROL 0x12500000ull
#define FIREWALL_REPORT  0x12510000ull
#define FIREWALL_INTID   60u

/* The report page's STATUS for a fault. */
#define FAULT_READ(master)  (1u | (master) << 8)
#define FAULT_WRITE(master) (3u | (master) << 8)

struct fault {
    uint32_t status; /* 0: none */
    uint64_t address;
    uint32_t count;
};

/* What is latched; then clears it. */
struct fault fault_take(void);

/* Finds the eMMC; false: it does not work. */
bool card_init(void);

/* One block between a sector and memory. False: the controller says that it did not work. */
bool card_read(uint32_t sector, uint64_t address);
bool card_write(uint32_t sector, uint64_t address);

/* Shows a plane of 16 x 16 pixels from there; false: it could not be fetched. */
bool display_show(uint64_t address);

/* The plane shown could not be fetched any more. */
bool display_lost(void);

/* A frame from `from`, looped back in the controller, to `to`. */
void gem_loop(uint64_t from, uint64_t to);

/* The same with a ring of receive descriptors at `ring`. */
void gem_loop_ring(uint64_t from, uint64_t ring);

#endif
