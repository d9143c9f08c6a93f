/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the host could not do for the phone's disks, in words: a line for each new kind of failure,
 * and one that says how things stand. Pure; for the phone's thread.
 */
#ifndef PHONE_TROUBLE_H
#define PHONE_TROUBLE_H

#include "machine/disk.h"
#include "phone/handset.h"

#define TROUBLE_OPERATIONS (DISK_FLUSH + 1)

struct trouble {
    struct trouble_entry {
        unsigned count; /* failures that the guests were told of */
        int error;      /* the last one's errno; 0: none */
        bool waits;     /* data waits for room on the host, the machine stands still */
    } entry[HANDSET_MAX_EMMC][TROUBLE_OPERATIONS];
};

/*
 * Takes note of an error. Returns a line to print, to be freed with g_free(); NULL: it is the same
 * as the last time.
 */
char *trouble_note(struct trouble *trouble, const struct handset *handset,
                   const struct disk_error *error);

/* Data waits in memory because the host has no room for it. */
bool trouble_waits(const struct trouble *trouble);

/* How things stand, the worst first, to be freed with g_free(); NULL: all is well. */
char *trouble_line(const struct trouble *trouble, const struct handset *handset);

#endif
