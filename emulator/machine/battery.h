/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The board's battery, docs/board/gauge.md. No QEMU types in this header. Machine's thread. */
#ifndef MACHINE_BATTERY_H
#define MACHINE_BATTERY_H

#include <stdbool.h>
#include <stdint.h>

#define BATTERY_KEEP (-1) /* of a change: as it is */

struct battery_change {
    int64_t level;   /* percent, 0..100 */
    int64_t charger; /* 0: out, 1: in */
    int64_t speed;   /* seconds of battery for a second of the machine's time, 1..3600 */
};

struct battery_state {
    int64_t level;      /* percent */
    bool charger;       /* plugged in */
    bool charging;      /* and fills the cell */
    int64_t speed;      /* as above */
    int64_t voltage_mv; /* at the cell */
    int64_t current_ma; /* into the cell; negative: out of it */
    double temperature_c;
    int64_t remaining_mah;
};

/* False: the board has no battery. */
bool battery_set(const struct battery_change *change);
bool battery_read(struct battery_state *state);

#endif
