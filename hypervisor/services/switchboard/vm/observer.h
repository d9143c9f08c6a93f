/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Who hears of the life of the VMs (manager.h). */
#ifndef VM_OBSERVER_H
#define VM_OBSERVER_H

#include "vm.h"

/* Who wants to hear of it; main.c says whom. Every member is set. */
struct manager_observer {
    /* vm's state (or the reason why it is not another one) is new; it was `before`. */
    void (*state)(struct vm *vm, enum pb_vm_state before);
    /* What manager_note() says is new. */
    void (*note)(struct vm *vm);
};

/* done() is called once, from the event loop, with NULL or why it failed; until then the caller
 * keeps the ticket. */
struct manager_ticket {
    void (*done)(struct manager_ticket *ticket, const char *wrong);
    struct manager_ticket *next;
};

#endif
