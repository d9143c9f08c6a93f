/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * present.json: the disks of the phone as it is, once there are snapshots, and whether it can go on
 * where it was left. Without this file they are the handset's images themselves.
 */
#ifndef SNAPSHOT_PRESENT_H
#define SNAPSHOT_PRESENT_H

#include "phone/handset.h"
#include "snapshot/store.h"

struct present {
    char *layer[HANDSET_MAX_EMMC]; /* in snapshots/disks; NULL: the handset's image */
    char *base[HANDSET_MAX_EMMC];  /* the image below is this: size and time of its last change */
    char *resume; /* snapshot whose state fits these disks to the byte; NULL: none */
};

/* The handset without a present.json is one, too. False and `error`: it cannot be understood. */
bool present_read(struct present *present, const struct store *store, GError **error);

/* Durable when it returns true; else nothing has changed. */
bool present_write(const struct present *present, const struct store *store, GError **error);

void present_clear(struct present *present);

/*
 * The images that layers lie over are what they were. False and `error`: somebody has written to
 * one, and nothing over it can be trusted.
 */
bool present_check(const struct present *present, const struct handset *handset, GError **error);

/*
 * New empty layers over the disks of `present` or, if it is not NULL, over those of `below`
 * (files in snapshots/disks by slot), for all disks of `handset` but the system's; `present` is
 * them then, with no `resume`, and written. What it was stays when it fails.
 */
bool present_advance(struct present *present, const struct store *store,
                     const struct handset *handset, char *const *below, GError **error);

/* The file of disk `slot` as it is; free with g_free(). */
char *present_path(const struct present *present, const struct store *store,
                   const struct handset *handset, unsigned slot);

#endif
