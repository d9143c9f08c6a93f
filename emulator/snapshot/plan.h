/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the phone starts: which snapshot's state and which disks. Before the machine is made. */
#ifndef SNAPSHOT_PLAN_H
#define SNAPSHOT_PLAN_H

#include "snapshot/header.h"
#include "snapshot/identity.h"
#include "snapshot/present.h"

#define PLAN_REPLACED "replaced" /* the disks that a loaded snapshot took the place of */

struct plan_options {
    const char *snapshot; /* asked for; NULL: where the phone was left, if it can */
    bool cold;            /* boot; with `snapshot`: its disks only */
    bool factory;         /* boot from the disks that came with the images */
    bool require;         /* no boot in place of a state that does not fit */
    bool trial;           /* nothing is changed */
};

struct plan {
    char *name;                     /* snapshot whose disks or state are taken; NULL: none */
    struct snapshot_header *header; /* of `name`; without a name: the images' disks */
    bool load;                      /* its state, too */
    bool takes_disks;               /* its disks, not those of the phone as it is */
};

/*
 * Decides, and changes nothing: `present` is read, a state that does not fit is said on standard
 * error. `handset` is as it was read. False and `error`: the phone cannot start like this.
 */
bool plan_make(struct plan *plan, const struct plan_options *options, const struct store *store,
               const struct handset *handset, struct identity *identity, struct present *present,
               GError **error);

/* The disks of `running`, a copy of `handset`, become those of the plan. */
void plan_name_disks(const struct plan *plan, const struct store *store,
                     const struct handset *handset, const struct present *present,
                     struct handset *running);

/*
 * Not for a trial: a plan that takes a snapshot's disks gives the phone new layers over them, and
 * keeps the disks that it had as snapshot PLAN_REPLACED. plan_name_disks() names them afterwards.
 */
bool plan_take_disks(const struct plan *plan, const struct store *store,
                     const struct handset *handset, struct present *present, GError **error);

void plan_clear(struct plan *plan);

#endif
