/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Interrupts of a service: GICv3 (Arm IHI 0069), group 1, one CPU. Handlers never interrupt
 * anything, irq_dispatch() calls them from the event loop: the GIC's priority mask keeps their
 * interrupts away until then. A service therefore has no races inside itself. Only an urgent
 * interrupt is taken at once, as an exception (el1/deadman.h).
 */
#ifndef EL1_IRQ_H
#define EL1_IRQ_H

#include <stdbool.h>
#include <stdint.h>

#define IRQ_INTIDS        256u /* INTIDs 0..255 can have a handler */
#define IRQ_VIRTUAL_TIMER 27u
#define IRQ_TIMER         30u /* EL1's physical timer */

typedef void irq_handler(void *owner);

/* Addresses of the distributor and of the redistributor of this CPU (vCPU 0). */
void irq_init(uintptr_t gicd, uintptr_t gicr);

/* Enables the interrupt; the handler must take a level interrupt's line down. intid < IRQ_INTIDS.
 */
void irq_enable(unsigned intid, bool edge, irq_handler *handler, void *owner);

/* Enables a private interrupt that is taken as an exception wherever the service is. */
void irq_enable_urgent(unsigned intid);

/*
 * Calls the handlers of pending interrupts. At most a few dozen at a time, so that an interrupt
 * storm cannot keep the loop from its other work.
 */
void irq_dispatch(void);

/* Waits until an interrupt is pending; irq_dispatch() comes next. */
void irq_wait(void);

#endif
