/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host cannot do for the machine's disks. No QEMU types in this header. */
#ifndef MACHINE_DISK_H
#define MACHINE_DISK_H

#include <glib.h>
#include <stdbool.h>

enum disk_operation { DISK_READ, DISK_WRITE, DISK_FLUSH };

struct disk_error {
    unsigned slot; /* eMMC card */
    enum disk_operation operation;
    int error;  /* errno; 0: it works again, and what waited has been written */
    bool waits; /* no room: the machine has been stopped and tries again when it goes on */
};

/* From any of the machine's threads, with its lock held: be quick, block on nothing. */
typedef void disk_error_fn(void *opaque, const struct disk_error *error);

/* Main thread, before machine_init(); one listener. */
void disk_listen(disk_error_fn *fn, void *opaque);

/*
 * On the machine's thread, the machine stands still: what is written to the disk `slot` from here
 * on goes to `layer`, an empty qcow2 file over what it has now, which does not change any more.
 * NULL, or why that cannot be done, to be freed with g_free().
 */
char *disk_advance(unsigned slot, const char *layer);

/*
 * On the machine's thread, when the highest layer of `slot` is new: if it lies over more layers
 * than a disk should have, the one below it gets, while the machine runs, what those below it hold,
 * and lies over the image then. Files that nothing needs any more stay. A layer that another phone
 * uses stays what it is.
 */
void disk_join_layers(unsigned slot);

/* On the machine's thread: ends what disk_join_layers() began; another time it goes on from there.
 */
void disk_settle(void);

#endif
