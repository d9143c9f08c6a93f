/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Randomness for the phone: the board has no source of its own, so its boot loader, which we are,
 * puts a new seed into the switchboard's device tree at each start (`/chosen/rng-seed`).
 */
#ifndef PHONE_SEED_H
#define PHONE_SEED_H

#include "phone/handset.h"

/*
 * Each device tree (*.dtb) that the handset loads and that has a seed is replaced by a copy in
 * `dir` with a new one; the handset's own file stays as it is. False: `error` says what went wrong.
 */
bool seed_device_trees(struct handset *handset, const char *dir, GError **error);

#endif
