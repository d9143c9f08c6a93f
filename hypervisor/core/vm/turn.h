/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Whose turn it is on a physical CPU, and when the timer of a sleeping vCPU is due. Pure logic;
 * times are counter ticks.
 */
#ifndef VM_TURN_H
#define VM_TURN_H

#include <stdbool.h>
#include <stdint.h>

#define TURN_NEVER UINT64_MAX
#define TURN_FRONT 4 /* the front VM's slice is this many times longer */

struct turn {
    uint8_t priority; /* the highest number runs; 0 while its budget is spent */
    uint8_t base;     /* priority with budget left */
    uint64_t number;  /* among equals the lowest */
    int64_t slice;    /* 0: runs until it waits; with a period: the budget */
    int64_t left;     /* of the slice; it may be spent in pieces */
    uint64_t period;  /* 0: none */
    uint64_t until;   /* end of the period under way */
};

/*
 * t ran for `ran`. With its slice spent it gets a new one, at the end of the line: *last is its
 * highest number. If the slice was a budget it goes on below all others until the period ends.
 */
void turn_charge(struct turn *t, uint64_t ran, bool front, uint64_t *last);

/*
 * t, with a period, wants to run: is a new period to begin? It begins when t is first
 * looked at after the last one, so in any span of a period t has at most two budgets, and
 * in n periods n + 1. Answers when t's budget comes back; TURN_NEVER: it has it.
 */
uint64_t turn_renew(struct turn *t, uint64_t now);

/* Nanoseconds of a number of ticks of a counter with `hz` a second; exact for 584 years. */
uint64_t turn_ns(uint64_t ticks, uint64_t hz);

/*
 * When a timer with these CNT*_CTL and CNT*_CVAL, on a counter that runs `offset` behind the
 * physical one, interrupts: a physical count, 0 if it does now, TURN_NEVER.
 */
uint64_t turn_wakeup(uint64_t now, uint64_t ctl, uint64_t cval, uint64_t offset);

#endif
