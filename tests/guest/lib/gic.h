/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GICv3 (Arm IHI 0069): one security state, affinity routing, group 1, as QEMU's `virt` has it. */
#ifndef GUEST_GIC_H
#define GUEST_GIC_H

#include <stdbool.h>
#include <stdint.h>

#include "platform.h"

#define GICD_CTLR          0x0000
#define GICD_TYPER         0x0004
#define GICD_PIDR2         0xffe8
#define GICD_IROUTER(n)    (0x6000 + 8 * (n))
#define GICR_TYPER         0x0008
#define GICR_WAKER         0x0014
#define GICR_SGI           0x10000 /* second frame: the private part of the banked registers */
#define GICR_FRAMES        0x20000
#define GIC_IGROUPR        0x0080
#define GIC_ISENABLER      0x0100
#define GIC_ICENABLER      0x0180
#define GIC_ISPENDR        0x0200
#define GIC_ICPENDR        0x0280
#define GIC_ISACTIVER      0x0300
#define GIC_ICACTIVER      0x0380
#define GIC_IPRIORITYR     0x0400
#define GIC_ICFGR          0x0c00
#define GIC_SPECIAL        1020 /* INTIDs from here on are no interrupts */
#define GIC_SPURIOUS       1023
#define GIC_PRIORITY       0xa0 /* of every interrupt after gic_init_*() */
#define GIC_PRIORITY_HIGH  0x60
#define GIC_PRIORITY_LOWER 0xc0

/* Distributor; once. */
void gic_init(void);

/* This CPU's redistributor and CPU interface; on each. PMR lets all through, EOI mode 0. */
void gic_init_cpu(void);

/* Register `offset` (GIC_I...) that holds `intid`, of this CPU if it is private. */
bool gic_get(uint32_t offset, uint32_t intid);
void gic_set(uint32_t offset, uint32_t intid);
void gic_set_priority(uint32_t intid, uint8_t priority);
uint8_t gic_get_priority(uint32_t intid);
void gic_set_edge(uint32_t intid, bool edge);
void gic_enable(uint32_t intid);
void gic_disable(uint32_t intid);

/* ICC_IAR1_EL1 and ICC_EOIR1_EL1 */
uint32_t gic_acknowledge(void);
void gic_end(uint32_t intid);

/* Polls ICC_IAR1_EL1 for up to `ms` with IRQs masked: INTID or GIC_SPURIOUS. */
uint32_t gic_wait(uint64_t ms);

/* ICC_SGI1R_EL1: SGI `sgi` to the CPUs in `targets`, bit n = CPU n. */
void gic_send_sgi(uint32_t sgi, uint32_t targets);
void gic_send_sgi_others(uint32_t sgi);

#endif
