/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>

#include "firewall.h"

#include "el1/cpu.h"
#include "el1/irq.h"
#include "el1/log.h"

#define STATUS       0x0u
#define STATUS_FAULT (1u << 0)
#define STATUS_WRITE (1u << 1)
#define MASTER(s)    ((s) >> 8 & 0xffu)
#define ADDR_LO      0x4u
#define ADDR_HI      0x8u
#define COUNT        0xcu

#define LINES 20u /* of the log; after these it is only counted */

static struct {
    uintptr_t base;
    unsigned lines;
} firewall;

static void interrupt(void *owner)
{
    const uint32_t status = reg_read(firewall.base + STATUS);
    const uint64_t address =
        reg_read(firewall.base + ADDR_LO) | (uint64_t)reg_read(firewall.base + ADDR_HI) << 32;

    (void)owner;
    if (firewall.lines < LINES) {
        firewall.lines++;
        log_line("DMA firewall: master %u may not %s %#lx", (unsigned)MASTER(status),
                 status & STATUS_WRITE ? "write" : "read", (unsigned long)address);
    }
    reg_write(firewall.base + STATUS, STATUS_FAULT);
}

void firewall_init(const struct board *board)
{
    firewall.base = board->firewall.base;
    if (firewall.base) {
        irq_enable(board->firewall.intid, false, interrupt, NULL);
    }
}

void firewall_stats(char *text, size_t size)
{
    snprintf(text, size, "dma_refused=%u",
             firewall.base ? (unsigned)reg_read(firewall.base + COUNT) : 0);
}
