/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the verbs about networks share: which personas a request is for, and work that lasts. */
#ifndef CONTROL_NETWORK_WORK_H
#define CONTROL_NETWORK_WORK_H

#include "control/session.h"

/* Something that is done for one persona after the other, or by the machine's thread meanwhile. */
struct network_work {
    struct request *request;
    struct phone_vm *vm; /* whose turn it is */
    bool all;            /* the request names no persona: it is for every one */
    struct network_counts counts[HANDSET_MAX_VMS];
    char *why;          /* it was not done */
    GSourceFunc answer; /* phone's thread, gets the work */
};

/* From the VM number `from` on; NULL: there is no other persona. */
struct phone_vm *network_next(struct phone *phone, unsigned from);

/* The persona that the request names; NULL: there is none, and the request is answered so. */
struct phone_vm *network_named(struct request *request);

/* `answer`: for network_work_done(). To be ended with network_work_end(). */
struct network_work *network_work_begin(struct request *request, struct phone_vm *vm,
                                        GSourceFunc answer);
void network_work_end(struct network_work *work);

/* Those that the request is for have had their turn when this says NULL. */
struct phone_vm *network_work_next(const struct network_work *work);

/* A network_done_fn: calls the work's answer. Machine's thread. */
void network_work_done(void *work, const char *why);

#endif
