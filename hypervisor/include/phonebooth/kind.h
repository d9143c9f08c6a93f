/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The kinds of VMs, by the names that handset descriptions, handset.ini and the switchboard's
 * device tree have for them.
 */
#ifndef PHONEBOOTH_KIND_H
#define PHONEBOOTH_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum pb_kind {
    PB_KIND_SWITCHBOARD, /* the service that serves the guests */
    PB_KIND_PERSONA,     /* a guest: virtio devices, a screen */
    PB_KIND_REALTIME,    /* a guest without virtio devices and screen */
    PB_KIND_SERVICE,     /* drives parts of the board; has no screen */
    PB_KINDS,
};

static inline const char *const *pb_kind_names(void) /* NULL at the end */
{
    static const char *const names[PB_KINDS + 1] = {"switchboard", "persona", "realtime",
                                                    "service"};

    return names;
}

/* PB_KINDS: no kind has this name. */
static inline enum pb_kind pb_kind_of(const char *name)
{
    unsigned kind = 0;

    while (kind < PB_KINDS && strcmp(pb_kind_names()[kind], name)) {
        kind++;
    }
    return (enum pb_kind)kind;
}

/* It drives parts of the board, and sees the board's addresses: no guest. */
static inline bool pb_kind_is_service(enum pb_kind kind)
{
    return kind == PB_KIND_SWITCHBOARD || kind == PB_KIND_SERVICE;
}

#endif
