/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The board's DMA firewall, docs/board/dma-firewall.md: one window per VM, for its RAM. On a board
 * without one, unused RAM takes the place of its registers, so that no check is needed here.
 */
#ifndef VM_FIREWALL_H
#define VM_FIREWALL_H

#include "vm/vm.h"

/* From now on devices reach only what windows allow. Once, when they are set. */
static inline void firewall_enable(void)
{
    *(volatile uint32_t *)TABLE->firewall_ctrl = 1;
}

/* Devices of the VM's owner may reach the VM's RAM, or no longer. */
static inline void firewall_lend(const struct vm *vm, bool lent)
{
    const struct pb_vm *c = vm->cfg;
    volatile uint64_t *window = (volatile uint64_t *)c->window;

    window[0] = c->window_pages;
    window[1] = lent ? c->window_allow : 0;
}

#endif
