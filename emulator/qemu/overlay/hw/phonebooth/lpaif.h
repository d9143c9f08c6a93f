/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sound part, docs/board/sound.md: the audio interface of the Snapdragon 410's low power audio
 * subsystem, with a codec of a fixed format on its port 3.
 */
#ifndef HW_PHONEBOOTH_LPAIF_H
#define HW_PHONEBOOTH_LPAIF_H

#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "exec/memory.h"
#include "qom/object.h"
#include "board_parts.h"
#include "wav.h"

OBJECT_DECLARE_SIMPLE_TYPE(LpaifState, LPAIF)

#define LPAIF_PORTS    4
#define LPAIF_CODEC    3 /* the port that the codec is connected to */
#define LPAIF_IRQS     3 /* copies of the interrupt registers; the first is the processors' */
#define LPAIF_CHANNELS 4 /* DMA: two that read memory, then two that write it */
#define LPAIF_READERS  2

typedef struct LpaifChannel {
    uint32_t ctl, base, buff, per;
    uint32_t at;   /* word of the buffer that is next */
    uint32_t left; /* words until the period is over */
    bool running;
    int64_t start; /* ns of the machine's time: when it began to run, */
    uint64_t done; /* and words since */
} LpaifChannel;

/* What is behind the codec, and the host knows of. Not part of the board's state, but the plug. */
typedef struct LpaifLine {
    bool headset;   /* plugged in */
    bool amplifier; /* the speaker's; the board's GPIO */
    WavWriter recording;
    char *recorded; /* its file; NULL: none */
    int64_t origin; /* frames of the machine's time at which it began */
    WavSound speech;
    char *spoken;  /* its file */
    uint64_t said; /* frames of it */
} LpaifLine;

struct LpaifState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    qemu_irq irq, plug;
    MemoryRegion *dma_mr;
    AddressSpace dma;
    QEMUTimer *timer;
    uint32_t port[LPAIF_PORTS];
    uint32_t enable[LPAIF_IRQS];
    uint32_t status;
    LpaifChannel channel[LPAIF_CHANNELS];
    LpaifLine line;
};

extern const VMStateDescription vmstate_lpaif_channel;

/* ---- DMA, lpaif_dma.c -------------------------------------------------------------------------
 */

/* The interrupt that channel @n raises: LPAIF_PER and so on, shifted to its place. */
#define LPAIF_PER  1u /* a period is over */
#define LPAIF_XRUN 2u
#define LPAIF_ERR  4u /* memory refused an access */
uint32_t lpaif_interrupt(int n, uint32_t what);

/* All channels move what is due by now. */
void lpaif_follow(LpaifState *s);

/* After a change of registers: what runs, and when to look again. */
void lpaif_update(LpaifState *s);

/* Raises an interrupt. */
void lpaif_raise(LpaifState *s, uint32_t bits);

/* Channels run on by the machine's time, which a load has changed. */
void lpaif_line_loaded(LpaifState *s);

/* ---- The line, lpaif_line.c -------------------------------------------------------------------
 */

/* What the codec plays, at @when frames of the machine's time, and what its microphone gives. */
void lpaif_hear(LpaifState *s, const int16_t *samples, unsigned frames, int64_t when);
void lpaif_speak(LpaifState *s, int16_t *samples, unsigned frames);

void lpaif_add_properties(ObjectClass *oc);
void lpaif_line_init(LpaifState *s);

/* The machine's time in frames. */
int64_t lpaif_frames_now(void);

#endif
