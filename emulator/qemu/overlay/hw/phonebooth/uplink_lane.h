/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One direction of a line of the uplink (uplink.h): frames take their time, and some get lost. */
#ifndef HW_PHONEBOOTH_UPLINK_LANE_H
#define HW_PHONEBOOTH_UPLINK_LANE_H

#include "qemu/timer.h"
#include "net/net.h"
#include "uplink.h"

/* What is pointed to is the line's. */
typedef struct UplinkLane {
    const UplinkWay *shape;
    const bool *up;      /* false: all frames are lost */
    NetClientState *out; /* where they go */
    uint64_t *frames_passed, *bytes_passed, *lost;
    GQueue frames;            /* those on their way, by the time when they are due */
    int64_t busy_ns, last_ns; /* until when the line is busy; when the last frame is due */
    QEMUTimer *timer;
} UplinkLane;

/* The lane knows the line's part, nothing is on its way. */
void uplink_lane_init(UplinkLane *lane);

void uplink_lane_send(UplinkLane *lane, const uint8_t *data, size_t len);

/* Frames on their way. */
unsigned uplink_lane_waiting(UplinkLane *lane);

/* They are gone. */
void uplink_lane_clear(UplinkLane *lane);

#endif
