/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GNSS receiver, docs/board/gnss.md: what its files share. */
#ifndef HW_PHONEBOOTH_GNSS_H
#define HW_PHONEBOOTH_GNSS_H

#include "hw/qdev-core.h"
#include "chardev/char.h"
#include "board_parts.h"
#include "gnss_motion.h"

OBJECT_DECLARE_SIMPLE_TYPE(GnssState, GNSS)

#define GNSS_TTFF_MAX 3600 /* s */

struct GnssState {
    DeviceState parent_obj;

    Chardev *line; /* the receiver's end of its UART */
    QEMUTimer *tick;
    int64_t utc_ms; /* of the board's clock, less rtc_clock */

    Motion motion;
    uint32_t satellites; /* in view, when there is reception */
    uint32_t ttff_s;     /* from power to the first fix */
    bool powered;
    int64_t powered_ms; /* since when: the machine's time */

    uint8_t out[NMEA_BURST]; /* what the UART has not taken yet: */
    uint32_t out_at, out_len;
};

/* The machine's time. */
int64_t gnss_now_ms(void);

/* Where it is now, as the receiver knows it. */
void gnss_fix(const GnssState *s, struct nmea_fix *fix);

/* The properties by which the host sets and sees the position. */
void gnss_add_properties(ObjectClass *oc);

#endif
