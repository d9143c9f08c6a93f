/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A measured VM starts with a program that pack puts into the configuration table and EL2 maps for
 * that VM alone, read only: it computes the SHA-256 of what was loaded and compares it with the
 * initial measurement that EL2 hands out. Every VM that gets further therefore matches that
 * measurement.
 *
 * What is hashed, in 64-byte blocks: for each region one block {IPA, size, zeros}, then its bytes,
 * padded with zeros; at last FIPS 180-4's padding.
 */
#ifndef PHONEBOOTH_MEASURE_H
#define PHONEBOOTH_MEASURE_H

#include <stdint.h>

#define PB_MEASURE_IPA     0x0ull /* where the program is, and in the page behind it the list */
#define PB_MEASURE_PROGRAM 4096u  /* bytes at most */
#define PB_MEASURE_REGIONS 3

struct pb_measure {
    uint64_t entry; /* what to start, IPA */
    uint64_t x0;
    uint64_t stack; /* IPA, top; the 4 KiB below it are in no region and zero afterwards */
    uint64_t regions;
    struct {
        uint64_t ipa;  /* multiple of 64 */
        uint64_t size; /* bytes */
    } region[PB_MEASURE_REGIONS];
};

#endif
