/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Cadence GEM, UG585 B.18 (registers) and 16.3.4 (buffer descriptors): rings of one buffer each. */
#include <stddef.h>
#include <string.h>

#include "gem.h"

#include "el1/cpu.h"
#include "el1/irq.h"
#include "el1/memory.h"
#include "el1/timers.h"

#define NWCTRL          0x00u
#define NWCTRL_RX       (1u << 2)
#define NWCTRL_TX       (1u << 3)
#define NWCTRL_START    (1u << 9)
#define NWCFG           0x04u
#define NWCFG_100M      (1u << 0)
#define NWCFG_DUPLEX    (1u << 1)
#define NWCFG_GROUPS    (1u << 6) /* frames to groups by hash */
#define NWCFG_1536      (1u << 8)
#define NWCFG_NO_FCS    (1u << 17)
#define NWCFG_MDC_DIV   (5u << 18)
#define NWCFG_CHECKSUMS (1u << 24) /* frames with wrong ones are dropped */
#define DMACFG          0x10u
#define DMACFG_INCR16   (16u << 0)
#define DMACFG_MEMORY   (7u << 8) /* all of the packet memory, both ways */
#define DMACFG_BUFFER   ((BUFFER / 64) << 16)
#define TXSTATUS        0x14u
#define RXQBASE         0x18u
#define TXQBASE         0x1cu
#define RXSTATUS        0x20u
#define ISR             0x24u
#define IER             0x28u
#define IDR             0x2cu
#define INT_RX          (1u << 1)
#define INT_RX_FULL     (1u << 2)
#define HASH_LOW        0x80u
#define HASH_HIGH       0x84u
#define ADDRESS_LOW(n)  (0x88u + (n)*8)
#define ADDRESS_HIGH(n) (0x8cu + (n)*8)

#define RING       64u
#define BUFFER     1536u
#define RX_USED    (1u << 0) /* the driver's; word 0 */
#define RX_WRAP    (1u << 1)
#define RX_LENGTH  0x1fffu /* word 1 */
#define RX_WHOLE   (3u << 14)
#define TX_USED    (1u << 31) /* word 1 */
#define TX_WRAP    (1u << 30)
#define TX_LAST    (1u << 15)
#define CONTROL_ON (NWCTRL_RX | NWCTRL_TX)

struct descriptor {
    uint32_t word[2];
};

struct gem {
    uintptr_t base;
    volatile struct descriptor *rx, *tx;
    uint8_t *rx_buffers, *tx_buffers;
    unsigned rx_at, tx_at;
    unsigned waiting; /* frames that the controller has not been told of; */
    struct timer tell;
    gem_received_fn *received;
    void *owner;
};

static uint8_t *buffer(uint8_t *buffers, unsigned index)
{
    return buffers + index * BUFFER;
}

static void receive_one(struct gem *gem, unsigned index)
{
    volatile struct descriptor *descriptor = &gem->rx[index];
    const uint32_t status = descriptor->word[1];
    const uint32_t len = status & RX_LENGTH;

    if ((status & RX_WHOLE) == RX_WHOLE && len <= BUFFER) {
        gem->received(gem->owner, buffer(gem->rx_buffers, index), len);
    }
    cpu_dma_barrier();
    descriptor->word[0] &= ~RX_USED;
}

/* The controller stops at a used descriptor and looks again when NWCTRL is written. */
static void interrupt(void *owner)
{
    struct gem *gem = owner;
    const uint32_t status = reg_read(gem->base + ISR);

    reg_write(gem->base + ISR, status);
    reg_write(gem->base + RXSTATUS, UINT32_MAX);
    while (gem->rx[gem->rx_at].word[0] & RX_USED) {
        receive_one(gem, gem->rx_at);
        gem->rx_at = (gem->rx_at + 1) % RING;
    }
    cpu_dma_barrier();
    if (status & INT_RX_FULL) {
        reg_write(gem->base + NWCTRL, CONTROL_ON);
    }
}

static void make_rings(struct gem *gem)
{
    gem->rx = memory_alloc(RING * sizeof(struct descriptor), 64);
    gem->tx = memory_alloc(RING * sizeof(struct descriptor), 64);
    gem->rx_buffers = memory_alloc(RING * BUFFER, 64);
    gem->tx_buffers = memory_alloc(RING * BUFFER, 64);
    for (unsigned i = 0; i < RING; i++) {
        gem->rx[i].word[0] = (uint32_t)(uintptr_t)buffer(gem->rx_buffers, i);
        gem->tx[i].word[0] = (uint32_t)(uintptr_t)buffer(gem->tx_buffers, i);
        gem->tx[i].word[1] = TX_USED;
    }
    gem->rx[RING - 1].word[0] |= RX_WRAP;
    gem->tx[RING - 1].word[1] |= TX_WRAP;
}

static void start(struct gem *gem)
{
    const uintptr_t base = gem->base;

    reg_write(base + IDR, UINT32_MAX);
    reg_write(base + TXSTATUS, UINT32_MAX);
    reg_write(base + RXSTATUS, UINT32_MAX);
    reg_write(base + NWCFG, NWCFG_100M | NWCFG_DUPLEX | NWCFG_GROUPS | NWCFG_1536 | NWCFG_NO_FCS |
                                NWCFG_MDC_DIV | NWCFG_CHECKSUMS);
    reg_write(base + DMACFG, DMACFG_INCR16 | DMACFG_MEMORY | DMACFG_BUFFER);
    reg_write(base + HASH_LOW, UINT32_MAX);
    reg_write(base + HASH_HIGH, UINT32_MAX);
    reg_write(base + RXQBASE, (uint32_t)(uintptr_t)gem->rx);
    reg_write(base + TXQBASE, (uint32_t)(uintptr_t)gem->tx);
    cpu_dma_barrier();
}

/* As soon as the events that there are have been handled: one write for all their frames. */
static void tell(struct timer *timer)
{
    struct gem *gem = timer->owner;

    gem->waiting = 0;
    cpu_dma_barrier();
    reg_write(gem->base + NWCTRL, CONTROL_ON | NWCTRL_START);
}

struct gem *gem_init(const struct device *at, gem_received_fn *received, void *owner)
{
    struct gem *gem;

    if (!at->base) {
        return NULL;
    }
    gem = memory_alloc(sizeof(*gem), _Alignof(struct gem));
    *gem = (struct gem){.base = at->base, .received = received, .owner = owner};
    gem->tell = (struct timer){.fire = tell, .owner = gem};
    reg_write(gem->base + NWCTRL, 0); /* it may be on: this service may have started again */
    make_rings(gem);
    start(gem);
    irq_enable(at->intid, false, interrupt, gem);
    reg_write(gem->base + IER, INT_RX | INT_RX_FULL);
    reg_write(gem->base + NWCTRL, CONTROL_ON);
    return gem;
}

/* Writing the high part switches the filter on. */
void gem_listen(struct gem *gem, unsigned number, const uint8_t mac[6])
{
    uint32_t low;
    uint16_t high;

    memcpy(&low, mac, sizeof(low));
    memcpy(&high, mac + 4, sizeof(high));
    reg_write(gem->base + ADDRESS_LOW(number), low);
    reg_write(gem->base + ADDRESS_HIGH(number), high);
}

bool gem_send(struct gem *gem, const void *frame, size_t len)
{
    volatile struct descriptor *descriptor = &gem->tx[gem->tx_at];
    const uint32_t wrap = gem->tx_at == RING - 1 ? TX_WRAP : 0;

    if (!(descriptor->word[1] & TX_USED) || len > BUFFER) {
        return false;
    }
    memcpy(buffer(gem->tx_buffers, gem->tx_at), frame, len);
    cpu_dma_barrier();
    descriptor->word[1] = wrap | TX_LAST | (uint32_t)len;
    gem->tx_at = (gem->tx_at + 1) % RING;
    if (++gem->waiting == RING / 2) {
        timer_stop(&gem->tell);
        tell(&gem->tell);
    } else if (gem->waiting == 1) {
        timer_start(&gem->tell, 0);
    }
    return true;
}
