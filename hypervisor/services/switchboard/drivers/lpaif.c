/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* LPAIF, docs/board/sound.md: reading channel 0 and writing channel 5, on the codec's port. */
#include <string.h>

#include "lpaif.h"

#include "el1/cpu.h"
#include "el1/irq.h"
#include "el1/memory.h"

#define PORT        3u /* the codec's */
#define I2SCTL      (0x1000u + PORT * 0x1000u)
#define I2S_PLAY    (1u << 14 | 1u << 10) /* on, line SD0 */
#define I2S_RECORD  (1u << 8 | 2u << 4)   /* on, line SD1 */
#define IRQ_ENABLE  0x6000u
#define IRQ_STATUS  0x6004u
#define IRQ_CLEAR   0x600cu
#define READER      0x8400u
#define WRITER      0xb000u
#define CTL         0x00u
#define BASE        0x04u
#define BUFF        0x08u
#define CURR        0x0cu
#define PER         0x10u
#define CTL_ON      1u
#define CTL_SETTING ((PORT + 1) << 4 | 1u << 11) /* the port, bursts */
#define IRQ_READER  (7u << 0)
#define IRQ_WRITER  (7u << 15)

#define PERIODS      16u
#define PERIOD_WORDS LPAIF_PERIOD /* a word is a frame */
#define PERIOD_BYTES (PERIOD_WORDS * 4u)

/* A direction's buffer: periods in a ring. */
struct ring {
    uintptr_t regs; /* of its channel */
    int16_t *buffer;
    unsigned next; /* period that is filled or taken next */
    bool on;
};

static struct {
    uintptr_t base;
    struct ring play, record;
    uint32_t port; /* I2SCTL */
    unsigned late;
    const struct lpaif_user *user;
} lpaif;

static int16_t *period(const struct ring *ring, unsigned n)
{
    return ring->buffer + n % PERIODS * PERIOD_WORDS * LPAIF_CHANNELS;
}

/* The period that the DMA is in. */
static unsigned current(const struct ring *ring)
{
    const uint32_t at = reg_read(ring->regs + CURR) - (uint32_t)(uintptr_t)ring->buffer;

    return at / PERIOD_BYTES % PERIODS;
}

/* From a up to b, round. */
static unsigned distance(unsigned a, unsigned b)
{
    return (b + PERIODS - a) % PERIODS;
}

/*
 * Fills up to LPAIF_LEAD periods ahead. All other periods are silent: who comes late plays nothing,
 * not what was.
 */
static void fill(void)
{
    struct ring *ring = &lpaif.play;
    const unsigned now = current(ring);

    if (ring->next == now || distance(now, ring->next) > LPAIF_LEAD + 1) { /* we were overtaken */
        lpaif.late++;
        ring->next = (now + LPAIF_LEAD) % PERIODS; /* silence, not all that waits at once */
    }
    while (ring->on && distance(now, ring->next) <= LPAIF_LEAD) {
        lpaif.user->fill(period(ring, ring->next));
        ring->next = (ring->next + 1) % PERIODS;
    }
    for (unsigned n = ring->next; n % PERIODS != now; n++) {
        memset(period(ring, n), 0, PERIOD_BYTES);
    }
}

static void take(void)
{
    struct ring *ring = &lpaif.record;
    const unsigned now = current(ring);

    while (ring->on && ring->next != now) {
        lpaif.user->take(period(ring, ring->next));
        ring->next = (ring->next + 1) % PERIODS;
    }
}

static void interrupt(void *owner)
{
    const uint32_t status = reg_read(lpaif.base + IRQ_STATUS);

    (void)owner;
    reg_write(lpaif.base + IRQ_CLEAR, status);
    cpu_dma_barrier();
    if (status & IRQ_WRITER) {
        take();
    }
    if (status & IRQ_READER) {
        fill();
    }
    cpu_dma_barrier();
}

static void start(struct ring *ring)
{
    memset(ring->buffer, 0, PERIODS * PERIOD_BYTES);
    cpu_dma_barrier();
    reg_write(ring->regs + BUFF, PERIODS * PERIOD_WORDS - 1);
    reg_write(ring->regs + PER, PERIOD_WORDS - 1);
    reg_write(ring->regs + BASE, (uint32_t)(uintptr_t)ring->buffer);
    reg_write(ring->regs + CTL, CTL_SETTING | CTL_ON);
}

/* Begins or ends a direction: its channel, its half of the port, its interrupts. */
static void turn(struct ring *ring, bool on, uint32_t port, uint32_t interrupts)
{
    const uint32_t enabled = lpaif.base ? reg_read(lpaif.base + IRQ_ENABLE) : 0;

    if (!lpaif.base || ring->on == on) {
        return;
    }
    ring->on = on;
    ring->next = 0;
    if (on) {
        start(ring);
    } else {
        reg_write(ring->regs + CTL, 0);
    }
    lpaif.port = on ? lpaif.port | port : lpaif.port & ~port;
    reg_write(lpaif.base + IRQ_CLEAR, interrupts);
    reg_write(lpaif.base + IRQ_ENABLE, on ? enabled | interrupts : enabled & ~interrupts);
    reg_write(lpaif.base + I2SCTL, lpaif.port);
}

void lpaif_play(bool on)
{
    const bool begins = on && !lpaif.play.on;

    turn(&lpaif.play, on, I2S_PLAY, IRQ_READER);
    if (begins) {
        lpaif.play.next = LPAIF_LEAD + 1; /* the first ones stay silent */
    }
}

void lpaif_record(bool on)
{
    turn(&lpaif.record, on, I2S_RECORD, IRQ_WRITER);
}

unsigned lpaif_late(void)
{
    return lpaif.late;
}

bool lpaif_init(const struct board *board, const struct lpaif_user *user)
{
    const uintptr_t base = board->sound.base;

    if (!base || !board->sound.intid) {
        return false;
    }
    lpaif.base = base;
    lpaif.user = user;
    lpaif.play = (struct ring){base + READER, memory_alloc(PERIODS * PERIOD_BYTES, 64), 0, false};
    lpaif.record = (struct ring){base + WRITER, memory_alloc(PERIODS * PERIOD_BYTES, 64), 0, false};
    reg_write(base + IRQ_ENABLE, 0);
    reg_write(base + READER + CTL, 0);
    reg_write(base + WRITER + CTL, 0);
    irq_enable(board->sound.intid, false, interrupt, NULL);
    return true;
}
