/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sound part: DMA by the codec's clock, docs/board/sound.md, "DMA". */
#include "qemu/osdep.h"
#include "qemu/timer.h"
#include "hw/irq.h"
#include "system/dma.h"
#include "lpaif.h"

#define NS             1000000000ull
#define PIECE          480u /* words that are moved at a time */
#define LEAST_WAIT     48u  /* words: the timer fires a thousand times a second at most */
#define CTL_ENABLE     1u
#define CTL_PORT(ctl)  ((int)((ctl) >> 4 & 15) - 1)
#define PORT_PLAY      (1u << 14)
#define PORT_RECORD    (1u << 8)
#define WRITER_IRQ     5 /* number of the first writing channel */
#define IRQ_BITS       3
#define CHANNEL_IRQ(n) ((n) < LPAIF_READERS ? (n) : WRITER_IRQ + (n)-LPAIF_READERS)

const VMStateDescription vmstate_lpaif_channel = {
    .name = "phonebooth-lpaif-channel",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_UINT32(ctl, LpaifChannel),
            VMSTATE_UINT32(base, LpaifChannel),
            VMSTATE_UINT32(buff, LpaifChannel),
            VMSTATE_UINT32(per, LpaifChannel),
            VMSTATE_UINT32(at, LpaifChannel),
            VMSTATE_UINT32(left, LpaifChannel),
            VMSTATE_BOOL(running, LpaifChannel),
            VMSTATE_INT64(start, LpaifChannel),
            VMSTATE_UINT64(done, LpaifChannel),
            VMSTATE_END_OF_LIST(),
        },
};

uint32_t lpaif_interrupt(int n, uint32_t what)
{
    return what << IRQ_BITS * CHANNEL_IRQ(n);
}

static bool is_reader(int n)
{
    return n < LPAIF_READERS;
}

int64_t lpaif_frames_now(void)
{
    return muldiv64(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), WAV_RATE, NS);
}

/* The first of its direction that runs on the codec's port: the others are not connected. */
static bool is_heard(const LpaifState *s, int n)
{
    if (CTL_PORT(s->channel[n].ctl) != LPAIF_CODEC) {
        return false;
    }
    for (int i = is_reader(n) ? 0 : LPAIF_READERS; i < n; i++) {
        if (s->channel[i].running && CTL_PORT(s->channel[i].ctl) == LPAIF_CODEC) {
            return false;
        }
    }
    return true;
}

/* Moves that many words, at most PIECE, between memory and the codec. False: memory refused. */
static bool move(LpaifState *s, int n, uint32_t words, int64_t when)
{
    LpaifChannel *c = &s->channel[n];
    const dma_addr_t address = (uint32_t)(c->base + 4 * c->at);
    const bool heard = is_heard(s, n);
    int16_t samples[WAV_CHANNELS * PIECE] = {0};
    MemTxResult result;

    if (is_reader(n)) {
        result = dma_memory_read(&s->dma, address, samples, 4 * words, MEMTXATTRS_UNSPECIFIED);
        if (result == MEMTX_OK && heard) {
            lpaif_hear(s, samples, words, when);
        }
    } else {
        if (heard) {
            lpaif_speak(s, samples, words);
        }
        result = dma_memory_write(&s->dma, address, samples, 4 * words, MEMTXATTRS_UNSPECIFIED);
    }
    return result == MEMTX_OK;
}

static void stop(LpaifState *s, int n)
{
    s->channel[n].ctl &= ~CTL_ENABLE;
    s->channel[n].running = false;
    lpaif_raise(s, lpaif_interrupt(n, LPAIF_ERR));
}

/* One piece of the @due words; how many it was. */
static uint32_t advance(LpaifState *s, int n, uint64_t due)
{
    LpaifChannel *c = &s->channel[n];
    const uint64_t till_end = (uint64_t)c->buff + 1 - c->at;
    const uint32_t words = MIN(MIN(due, PIECE), MIN(till_end, c->left));
    const int64_t when = muldiv64(c->start, WAV_RATE, NS) + c->done;

    if (!move(s, n, words, when)) {
        stop(s, n);
        return words;
    }
    c->done += words;
    c->at = words == till_end ? 0 : c->at + words;
    c->left -= words;
    if (!c->left) {
        c->left = c->per + 1;
        lpaif_raise(s, lpaif_interrupt(n, LPAIF_PER));
    }
    return words;
}

void lpaif_follow(LpaifState *s)
{
    const int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    for (int n = 0; n < LPAIF_CHANNELS; n++) {
        LpaifChannel *c = &s->channel[n];
        const int64_t ran = c->running && now > c->start ? now - c->start : 0;
        const uint64_t all = muldiv64(ran, WAV_RATE, NS);

        while (c->running && c->done < all) {
            advance(s, n, all - c->done);
        }
    }
}

static bool shall_run(const LpaifState *s, int n)
{
    const LpaifChannel *c = &s->channel[n];
    const int port = CTL_PORT(c->ctl);

    return (c->ctl & CTL_ENABLE) && port >= 0 && port < LPAIF_PORTS &&
           (s->port[port] & (is_reader(n) ? PORT_PLAY : PORT_RECORD));
}

/* When the next period of a channel is over, in ns. */
static int64_t next_end(const LpaifChannel *c)
{
    const uint64_t words = c->done + MAX(c->left, LEAST_WAIT);

    return c->start + (int64_t)muldiv64(words, NS, WAV_RATE) + 1;
}

void lpaif_update(LpaifState *s)
{
    const int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    int64_t next = INT64_MAX;

    for (int n = 0; n < LPAIF_CHANNELS; n++) {
        LpaifChannel *c = &s->channel[n];
        const bool runs = shall_run(s, n);

        if (runs && !c->running) {
            c->start = now;
            c->done = 0;
        }
        c->running = runs;
        next = runs ? MIN(next, next_end(c)) : next;
    }
    if (next == INT64_MAX) {
        timer_del(s->timer);
    } else {
        timer_mod(s->timer, next);
    }
}
