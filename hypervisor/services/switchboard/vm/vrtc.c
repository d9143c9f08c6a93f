/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vrtc.h"

#define RTCDR   0x00u
#define RTCMR   0x04u
#define RTCLR   0x08u
#define RTCCR   0x0cu
#define RTCIMSC 0x10u
#define RTCRIS  0x14u
#define RTCMIS  0x18u
#define RTCICR  0x1cu

#define PERIPHERAL_ID 0xfe0u /* and the PrimeCell's: 8 registers, a byte each */
#define RUNS          1u     /* RTCCR: it cannot be stopped */
#define ALARM         1u

static const uint8_t ids[] = {0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

uint32_t vrtc_read(const struct vrtc *clock, uint32_t offset, uint32_t now)
{
    switch (offset) {
    case RTCDR:
        return now;
    case RTCMR:
        return clock->match;
    case RTCCR:
        return RUNS;
    case RTCIMSC:
        return clock->unmasked;
    case RTCRIS:
        return clock->interrupt;
    case RTCMIS:
        return vrtc_line(clock);
    default:
        return offset >= PERIPHERAL_ID && offset < PERIPHERAL_ID + 4 * sizeof(ids)
                   ? ids[(offset - PERIPHERAL_ID) / 4]
                   : 0;
    }
}

void vrtc_write(struct vrtc *clock, uint32_t offset, uint32_t value, uint32_t now)
{
    switch (offset) {
    case RTCMR:
        clock->match = value;
        clock->since = now;
        clock->waiting = true;
        break;
    case RTCIMSC:
        clock->unmasked = value & ALARM;
        break;
    case RTCICR:
        clock->interrupt = clock->interrupt && !(value & ALARM);
        break;
    default: /* RTCLR and RTCCR: the board's clock is not the guest's to set */
        break;
    }
    vrtc_look(clock, now);
}

void vrtc_look(struct vrtc *clock, uint32_t now)
{
    if (!clock->waiting || now - clock->since < clock->match - clock->since) {
        return;
    }
    clock->waiting = false;
    clock->interrupt = true;
}

bool vrtc_line(const struct vrtc *clock)
{
    return clock->interrupt && clock->unmasked;
}

uint32_t vrtc_due(const struct vrtc *clock, uint32_t now)
{
    if (!clock->waiting || !clock->unmasked) {
        return VRTC_NEVER;
    }
    return now - clock->since < clock->match - clock->since ? clock->match - now : 0;
}
