/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stddef.h>

#include "pending.h"
#include "port.h"

#include "el1/clock.h"

#define PENDINGS 16u

static struct pending pendings[PENDINGS];

#define PENDING_OF(member, at) ((struct pending *)((char *)(at)-offsetof(struct pending, member)))

static void shown(struct flip_waiter *waiter, uint32_t frame)
{
    struct pending *pending = PENDING_OF(waiter, waiter);

    pending->used = false;
    port_send("%u ok frame=%u us=%u", (unsigned)pending->id, (unsigned)frame,
              (unsigned)(clock_us() - pending->since_us));
}

static void vm_done(struct manager_ticket *ticket, const char *wrong)
{
    struct pending *pending = PENDING_OF(ticket, ticket);

    pending->used = false;
    if (wrong) {
        port_send("%u err %s", (unsigned)pending->id, wrong);
    } else {
        port_send("%u ok", (unsigned)pending->id);
    }
}

struct pending *pending_new(uint32_t id)
{
    for (unsigned i = 0; i < PENDINGS; i++) {
        struct pending *pending = &pendings[i];

        if (pending->used) {
            continue;
        }
        *pending = (struct pending){.used = true, .id = id, .since_us = clock_us()};
        pending->waiter.shown = shown;
        pending->ticket.done = vm_done;
        return pending;
    }
    return NULL;
}
