/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Whose turn it is on a physical CPU, and when a sleeper's timer is due. Pure logic; times are
 * counter ticks.
 */
#ifndef CORE_TURN_H
#define CORE_TURN_H

#include <stdbool.h>
#include <stdint.h>

#define TURN_NEVER UINT64_MAX
#define TURN_FRONT 4 /* the front VM's slice is this many times longer */

struct turn {
    uint8_t priority; /* the highest number runs */
    uint64_t number;  /* among equals the lowest */
    int64_t slice;    /* 0: runs until it waits */
    int64_t left;     /* of the slice; it may be spent in pieces */
};

/* a runs rather than b. False for two that are quite equal. */
bool turn_before(const struct turn *a, const struct turn *b);

/* t ran for `ran`. With its slice spent it gets a new one, at the end of the line: *last is its
 * highest number. */
void turn_charge(struct turn *t, uint64_t ran, bool front, uint64_t *last);

/*
 * When a timer with these CNT*_CTL and CNT*_CVAL, on a counter that runs `offset` behind the
 * physical one, interrupts: a physical count, 0 if it does now, TURN_NEVER.
 */
uint64_t turn_wakeup(uint64_t now, uint64_t ctl, uint64_t cval, uint64_t offset);

#endif
