/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the protected guest and its owner agree on. The guest asks by RSI_HOST_CALL: the immediate
 * is the operation, the first register its argument; answers and texts are in a page that it
 * shares.
 */
#ifndef REALM_PROTOCOL_H
#define REALM_PROTOCOL_H

#include <stdint.h>

#define MAILBOX 0x600000ull /* offset in the guest's RAM */
#define BITMAP  0x610000ull /* a bit per page of RAM: it is shared; room for 512 MiB */
#define AREA    0x800000ull /* from here on pages change hands at random */
#define PAGE    0x1000ull

enum operation {
    OP_RESULT,  /* (passed): a check, its text in the mailbox */
    OP_COMPARE, /* the same, of mailbox.a and mailbox.b */
    OP_NOTE,    /* text and mailbox.a */
    OP_BAIL_OUT,
    OP_READ,   /* (offset) -> a: aborted, b: value */
    OP_WRITE,  /* (offset) writes OWNERS -> a: aborted */
    OP_PROBE,  /* -> a: pages that can be reached though BITMAP denies it, or the other way round */
    OP_ATTACK, /* (on): reads and writes pages of AREA at random, without end */
    OP_REPORT, /* -> a: attacks, b: reads that saw a secret */
};

struct mailbox {
    uint64_t a, b;
    char text[100];
};

/* The upper 16 bits of a word say whose it is. A page that was just shared is zero. */
#define OWNER_OF(word) ((word) >> 48)
#define SECRET         0x5ec7ull /* the guest's, not for others */
#define PUBLIC         0x9ab1ull /* the guest's, for all */
#define OWNERS         0x0bad0bad0bad0badull

/* What VM_START gives in x0 besides the size of RAM, a multiple of 2 MiB. */
#define X0_MS(x0)  ((x0)&0x1fffff) /* how long to change pages at random; 0: only look and end */
#define X0_RAM(x0) ((x0) & ~0x1fffffull)

/* xorshift64*, Vigna 2016. The state must not be 0. */
static inline uint64_t random64(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545f4914f6cdd1dull;
}

#endif
