/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Vectors at 0xffff0000, where there is memory only with translation on. */
#ifndef GUEST_AARCH32_VECTORS_H
#define GUEST_AARCH32_VECTORS_H

/*
 * Translation (short descriptors, everything but the vectors at its own address) and SCTLR.V on:
 * only there exceptions find their handlers, VBAR names others. The second: all as before.
 */
void vectors_high(void);
void vectors_low(void);

#endif
