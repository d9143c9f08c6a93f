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

#endif
