/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the verbs about networks share: which networks a request is for, and work that lasts. */
#ifndef CONTROL_NETWORK_WORK_H
#define CONTROL_NETWORK_WORK_H

#include "control/session.h"

#define NETWORKS_MAX (HANDSET_MAX_VMS * NETWORK_WIRES)

/* Something that is done for one network after the other, or by the machine's thread meanwhile. */
struct network_work {
    struct request *request;
    struct phone *phone;
    struct network *network; /* whose turn it is */
    unsigned done;           /* how many have had theirs */
    struct network_counts counts[NETWORKS_MAX];
    char *why;          /* it was not done */
    GSourceFunc answer; /* phone's thread, gets the work */
};

/*
 * The networks that the request's `vm` and `interface` name, each after the other: that after
 * `after`, or the first (NULL). Without `vm` all personas' networks, without `interface` each
 * one's. NULL: there is no other.
 */
struct network *network_next(struct request *request, const struct network *after);

/* The first of them; NULL: none, or no machine, and the request is answered so. */
struct network *network_first(struct request *request);

/* That of the persona, with no `interface` its Wi-Fi if it has that; NULL: as above. */
struct network *network_of(struct request *request, struct phone_vm *vm);

/* `answer`: for network_work_done(). To be ended with network_work_end(). */
struct network_work *network_work_begin(struct request *request, struct network *network,
                                        GSourceFunc answer);
void network_work_end(struct network_work *work);

/* The next one's turn. False: those that the request is for have had theirs. */
bool network_work_next(struct network_work *work);

/* A network_done_fn: calls the work's answer. Machine's thread. */
void network_work_done(void *work, const char *why);

#endif
