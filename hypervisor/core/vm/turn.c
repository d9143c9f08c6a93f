/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/turn.h"

#define CTL_ENABLE 1u
#define CTL_IMASK  2u
#define NS         1000000000ull

void turn_charge(struct turn *t, uint64_t ran, bool front, uint64_t *last)
{
    t->left -= (int64_t)ran;
    if (t->left <= 0) {
        t->left = front ? TURN_FRONT * t->slice : t->slice;
        t->number = ++*last;
        if (t->period) {
            t->priority = 0;
        }
    }
}

uint64_t turn_renew(struct turn *t, uint64_t now)
{
    if (now >= t->until) {
        t->until = now + t->period;
        t->left = t->slice;
        t->priority = t->base;
    }
    return t->priority == t->base ? TURN_NEVER : t->until;
}

uint64_t turn_ns(uint64_t ticks, uint64_t hz)
{
    return ticks / hz * NS + ticks % hz * NS / hz;
}

uint64_t turn_wakeup(uint64_t now, uint64_t ctl, uint64_t cval, uint64_t offset)
{
    if ((ctl & (CTL_ENABLE | CTL_IMASK)) != CTL_ENABLE) {
        return TURN_NEVER;
    }
    if (now - offset >= cval) {
        return 0;
    }
    return cval + offset < cval ? TURN_NEVER : cval + offset;
}
