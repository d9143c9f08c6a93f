/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A VM's way to what is wanted of it, step by step: load, start, stop, scrub. What is wanted is
 * decided by manager.c, whose state this is.
 */
#ifndef LIFE_H
#define LIFE_H

#include "loader.h"
#include "observer.h"

#include "el1/timers.h"

/* What is wanted of a VM: kept when this service starts again. */
struct wish {
    bool run;    /* it shall run */
    bool again;  /* it shall stop first */
    bool ending; /* it shuts down by itself: it is let run */
    bool failed; /* the last load or start went wrong: no other try by itself */
};

struct life {
    struct vm *vm;
    struct wish *wish;
    bool loading; /* the loader is at work */
    struct manager_ticket *ticket;
    const struct manager_observer *observer;
    void (*settled)(struct life *life); /* it has been started, or has failed to */
    struct timer step;
    struct loader loader;
};

/* Memory for the life of `vm`, for ever; its state is what EL2 says. At start only. */
struct life *life_new(struct vm *vm, const struct manager_observer *observer,
                      void (*settled)(struct life *life));

/* Takes the next step when the event loop runs. */
void life_go_on(struct life *life);

/* Takes the state that EL2 has written into the VM's page, and does what a new one asks for. */
void life_sync(struct life *life);

/* Answers who waits for it, if anyone does. `wrong`: what went wrong, NULL: nothing. */
void life_finish(struct life *life, const char *wrong);

#endif
