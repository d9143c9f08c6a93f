/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Four physical CPUs with GIC and timers, on which EL2's scheduler, life of VMs, virtio, PSCI and
 * vGIC run as they are. Each CPU is a coroutine; EL2 may be left for another CPU at any access to
 * a system register or lock, so that the CPUs' steps are mixed as they are in a machine.
 */
#ifndef TESTS_EL2_MACHINE_H
#define TESTS_EL2_MACHINE_H

#include "hypervisor/core/vm/vm.h"

#define PCPUS              4
#define HZ                 1000000u
#define SPI_FIRST          40 /* .. 43: physical SPIs */
#define SPIS               4
#define MACHINE_LEVEL(spi) ((spi) >= 2) /* the others are edge triggered */

/* The next choice: 0 .. n - 1. */
uint32_t choose(uint32_t n);
/* Choices come from here; when it is used up, or of length 0, from a generator with this seed. */
void choose_from(const uint8_t *data, size_t size, uint64_t seed);

/* EL2 starts with the VMs of guests.c; then `steps` steps of CPUs that are chosen. */
void machine_boot(void);
void machine_run(unsigned steps);

/* For guests, on the CPU that runs. */
unsigned machine_cpu(void);
uint64_t machine_now(void);
void machine_yield(void);
bool machine_irq(void);  /* a physical interrupt is pending for this CPU */
bool machine_virq(void); /* a virtual one for its guest */
/* ICC_IAR1_EL1, ICC_EOIR1_EL1 of the guest; 1023: none. */
uint32_t machine_acknowledge(void);
void machine_end(uint32_t intid);
void machine_fire(unsigned spi);  /* a physical SPI's edge, or its line goes up */
void machine_serve(unsigned spi); /* and down */
bool machine_spi_line(unsigned spi);
bool machine_spi_active(unsigned spi);
bool machine_spi_pending(unsigned spi);
bool machine_timer_active(unsigned cpu);

/* guests.c: the table; the guest v runs until it has left it: the vCPU that EL2 enters next. */
void guests_table(struct pb_table *table);
struct vcpu *guest_run(struct vcpu *v);

#endif
