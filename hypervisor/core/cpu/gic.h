/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The machine's GICv3 (Arm IHI 0069), as EL2 uses it: EOImode 1, everything in
 * group 1. An interrupt that goes to a guest stays active until the guest's EOI.
 */
#ifndef CPU_GIC_H
#define CPU_GIC_H

#include "cpu/arch.h"
#include "cpu/pirq.h"

#define SGI_RESCHED 0u /* look at your vCPUs again */
#define SGI_EXIT    1u /* leave the guest: its virtual interrupts changed */

#define INTID_MAINTENANCE 25u
#define INTID_CNTHP       26u
#define INTID_CNTV        27u
#define INTID_CNTP        30u
#define INTID_SPECIAL     1020u /* and above: nothing pending */

void gic_init_distributor(void);
void gic_init_cpu(void);

/* Acknowledge the highest pending interrupt; INTID_SPECIAL or above: none. */
static inline struct pirq gic_ack(void)
{
    return (struct pirq){(uint32_t)sysreg_read(icc_iar1_el1)};
}

/* Priority drop: others may come; this one stays active. */
static inline void gic_drop(struct pirq irq)
{
    sysreg_write(icc_eoir1_el1, irq.intid);
}

/* An SPI of any CPU, or a private interrupt of this one. */
static inline void gic_deactivate(struct pirq irq)
{
    sysreg_write(icc_dir_el1, irq.intid);
}

/* Send SGI_* to physical CPU n. */
void gic_kick(unsigned n, unsigned sgi);

/* SGI_RESCHED to every CPU but this one. */
void gic_kick_others(void);

void gic_spi_enable(struct pirq spi, bool on);

/* Disable an SPI; neither pending nor active any more. */
void gic_spi_quiet(struct pirq spi);

/* Target CPU of an SPI: an MPIDR value. */
void gic_spi_route(struct pirq spi, uint64_t mpidr);
void gic_spi_edge(struct pirq spi, bool edge);

/* Private interrupts (bit mask by INTID) of physical CPU n become active, or inactive. */
void gic_ppi_active(unsigned n, uint32_t mask, bool active);

#endif
