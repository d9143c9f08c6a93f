/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Requests of the service port that are answered later: when a frame is shown, or a VM has changed.
 */
#ifndef SB_PENDING_H
#define SB_PENDING_H

#include <stdint.h>

#include "screen/flip.h"
#include "vm/manager.h"

struct pending {
    bool used;
    uint32_t id; /* the request's */
    uint64_t since_us;
    struct flip_waiter waiter;
    struct manager_ticket ticket;
};

/*
 * One for request `id`. Hand its waiter to flip_wait() or its ticket to the manager: the answer is
 * sent when that is over. NULL: too many wait.
 */
struct pending *pending_new(uint32_t id);

#endif
