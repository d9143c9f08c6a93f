/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots of the running phone: saving one, and going on from the one that it was started with.
 * Phone's thread unless said otherwise.
 */
#ifndef SNAPSHOT_SNAPSHOTS_H
#define SNAPSHOT_SNAPSHOTS_H

#include "input/input.h"
#include "phone/phone.h"
#include "screen/screen.h"
#include "snapshot/plan.h"

#define SNAPSHOTS_QUICK "quick" /* where the phone was left when it ended */
#define SNAPSHOTS_CLEAN "clean" /* how it was when its images were made */

/* "quick" is of use once: its disks are the phone's own, not layers below them. */
bool snapshots_is_quick(const char *name);

struct snapshots_config {
    struct phone *phone;
    const struct handset *handset; /* as it was read */
    struct input *input;
    struct screen *screen;
    bool trial;
};

struct snapshots {
    struct snapshots_config config;
    struct store store;
    struct identity *identity;
    struct present present;
    struct plan plan;
    struct save *save; /* one at a time; NULL: none */
    unsigned workers;  /* exports and imports under way */
};

/* `error` NULL: it is done. */
typedef void snapshots_done_fn(void *opaque, const GError *error);

enum snapshots_then {
    SNAPSHOTS_GO_ON, /* as before: the machine runs, or is paused */
    SNAPSHOTS_STOP,  /* the machine stands still; the next start goes on from this snapshot */
};

/*
 * Saves the phone as `name`, "quick" only with SNAPSHOTS_STOP, in place of a snapshot of that name.
 * `done` is called once, when it is flushed to the disk. A trial cannot be saved: its disks are
 * thrown away.
 */
void snapshots_save(struct snapshots *snapshots, const char *name, enum snapshots_then then,
                    snapshots_done_fn *done, void *opaque);

/*
 * A snapshot to a file, and of one (snapshot/bundle.h), by a worker. `name` and `file` are copied.
 * A trial cannot import.
 */
void snapshots_export(struct snapshots *snapshots, const char *name, const char *file,
                      snapshots_done_fn *done, void *opaque);
void snapshots_import(struct snapshots *snapshots, const char *name, const char *file,
                      snapshots_done_fn *done, void *opaque);

/* Removes a snapshot and what only it needs. A trial cannot. False and `error`. */
bool snapshots_delete(struct snapshots *snapshots, const char *name, GError **error);

/* Main thread, once, before the machine is made: it can take the translations of the plan. */
void snapshots_prepare(const struct snapshots *snapshots);

/*
 * Any thread, once, with a plan that loads: the machine gets the state of its snapshot, the phone
 * what was known, and the machine runs. `done` is called on the phone's thread.
 */
void snapshots_load(struct snapshots *snapshots, snapshots_done_fn *done, void *opaque);

#endif
