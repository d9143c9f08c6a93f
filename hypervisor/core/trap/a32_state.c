/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap/a32_state.h"

#define ISS_CV      (1u << 24)
#define ISS_COND(i) ((i) >> 20 & 15)
#define ALWAYS      14u

/* ConditionHolds() of the even conditions, a bit per NZCV; an odd one is the opposite of it. */
static const uint16_t holds[] = {
    0xf0f0, /* EQ: Z */
    0xcccc, /* CS: C */
    0xff00, /* MI: N */
    0xaaaa, /* VS: V */
    0x0c0c, /* HI: C and not Z */
    0xaa55, /* GE: N is V */
    0x0a05, /* GT: N is V, not Z */
    0xffff, /* AL */
};

bool a32_passes(uint32_t iss, uint32_t spsr)
{
    unsigned condition = ISS_COND(iss);

    if (!(iss & ISS_CV)) {
        condition = spsr & (A32_IT_HIGH | A32_IT_LOW) ? spsr >> 12 & 15 : ALWAYS;
    }
    return (holds[condition >> 1] >> (spsr >> 28) ^ condition) & 1;
}

uint32_t a32_advance(uint32_t spsr)
{
    union {
        uint32_t word;
        struct {
            uint32_t : 10, it_high : 6, : 9, it_low : 2, : 5;
        };
    } bits = {spsr};
    uint32_t it = bits.it_high << 2 | bits.it_low;

    it = it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
    bits.it_high = it >> 2 & 0x3f;
    bits.it_low = it & 3;
    return bits.word;
}
