/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The front ends of a phone: any number at a time, one of them runs on the main thread. */
#ifndef FRONTENDS_SET_H
#define FRONTENDS_SET_H

#include "frontends/frontend.h"

struct frontend_set;

struct frontend_set *frontend_set_new(void);

/* Main thread: finishes all that are left. */
void frontend_set_free(struct frontend_set *set);

/*
 * Main thread: takes `frontend` over and starts it. False and `error`: it cannot work here and is
 * finished already. At most one that has run() may be in the set.
 */
bool frontend_set_add(struct frontend_set *set, struct frontend *frontend, GError **error);

/* The name of the one on the main thread, "headless" without one. */
const char *frontend_set_name(const struct frontend_set *set);

/*
 * Main thread: runs the front end that needs it until it is closed, or until frontend_set_stop().
 * One that is lost is finished with one line on standard error, and the phone goes on without.
 */
void frontend_set_run(struct frontend_set *set);

/* From any thread: frontend_set_run() returns, now or as soon as it is called. */
void frontend_set_stop(struct frontend_set *set);

#endif
