/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the board is, docs/board/gnss.md. No QEMU types in this header. Machine's thread. */
#ifndef MACHINE_GNSS_H
#define MACHINE_GNSS_H

#include <stdbool.h>
#include <stdint.h>

#define GNSS_KEEP (-1) /* of a change: as it is */

/* Degrees (north, east positive), m above sea level, m/s, degrees from north to east (0..360). */
struct gnss_place {
    double latitude, longitude, altitude, speed, course;
};

enum gnss_mode { GNSS_OFF, GNSS_FIX, GNSS_ROUTE };

struct gnss_change {
    int mode;                /* enum gnss_mode, or GNSS_KEEP */
    struct gnss_place place; /* GNSS_FIX */
    const char *route;       /* GNSS_ROUTE: as track_route() makes it */
    int64_t satellites;      /* 4..12 */
    int64_t ttff_s;          /* from power to the first fix, 0..3600 */
};

struct gnss_state {
    enum gnss_mode mode;
    struct gnss_place place; /* now; not with GNSS_OFF */
    int64_t satellites, ttff_s;
    bool powered;              /* a persona listens */
    bool has_fix;              /* and the receiver knows where it is */
    double length_s, played_s; /* of the route */
};

/* False: the board has no receiver. */
bool gnss_set(const struct gnss_change *change);
bool gnss_read(struct gnss_state *state);

#endif
