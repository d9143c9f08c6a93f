/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the board's boot loader, which we are, puts into `/chosen` of the switchboard's device tree
 * at each start: new randomness (`rng-seed`), for the board has no source of its own, and the
 * host's time zone (`phonebooth,timezone`, an IANA name, filled up with NULs). pack has made room
 * for both.
 */
#ifndef PHONE_CHOSEN_H
#define PHONE_CHOSEN_H

#include "phone/handset.h"

/*
 * Each device tree (*.dtb) that the handset loads and that has a place for either is replaced by a
 * copy in `dir`; the handset's own file stays as it is. `zone` NULL: the host's zone has no name.
 * False: `error` says what went wrong.
 */
bool chosen_fill(struct handset *handset, const char *dir, const char *zone, GError **error);

/*
 * Where the seed is in the machine's memory, `size` bytes at physical `address`, for a machine that
 * goes on from a saved state and must not repeat another one's numbers. `fn` is called for each
 * seed. False and `error`: a device tree cannot be read.
 */
typedef void chosen_seed_fn(void *opaque, uint64_t address, gsize size);
bool chosen_find_seeds(const struct handset *handset, chosen_seed_fn *fn, void *opaque,
                       GError **error);

#endif
