/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's PL031 real-time clock, Arm DDI 0224: its registers and its alarm. The time is the
 * board's; what is loaded into RTCLR is ignored. No I/O: the caller says what time it is.
 */
#ifndef VRTC_H
#define VRTC_H

#include <stdbool.h>
#include <stdint.h>

#define VRTC_NEVER UINT32_MAX

struct vrtc {
    uint32_t match; /* RTCMR */
    uint32_t since; /* when it was written: from then on the clock is compared with it */
    bool waiting;   /* the clock has not come to it yet */
    bool interrupt; /* RTCRIS */
    bool unmasked;  /* RTCIMSC */
};

/* `now`: seconds since 1970 of the board's clock, modulo 2^32. Offsets are within the page. */
uint32_t vrtc_read(const struct vrtc *clock, uint32_t offset, uint32_t now);
void vrtc_write(struct vrtc *clock, uint32_t offset, uint32_t value, uint32_t now);

/* Looks at the time: RTCRIS is set if the clock has come to RTCMR since it was written. */
void vrtc_look(struct vrtc *clock, uint32_t now);

/* The level of its interrupt. */
bool vrtc_line(const struct vrtc *clock);

/* Seconds until it interrupts, 0 if that is due; VRTC_NEVER: it does not. */
uint32_t vrtc_due(const struct vrtc *clock, uint32_t now);

#endif
