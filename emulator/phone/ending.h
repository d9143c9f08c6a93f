/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The phone's end in order: the switchboard asks each persona that runs to shut down; when they are
 * off, or the limit has passed, the machine ends. Phone's thread.
 */
#ifndef PHONE_ENDING_H
#define PHONE_ENDING_H

#include "phone/phone.h"

#define ENDING_LIMIT_S 20  /* if nothing else is said; the schema's default of `quit`, too */
#define ENDING_MAX_S   600 /* that can be asked for */

/* The personas are off, or the limit has passed; the machine ends right after this. */
typedef void ending_done_fn(void *opaque);

/*
 * Begins the end, or waits for one that has begun: `limit_s` (0..ENDING_MAX_S) counts from now, 0
 * is a power cut. `done` (may be NULL) is called once. Deviations are reported on stderr.
 */
void ending_begin(struct phone *phone, unsigned limit_s, ending_done_fn *done, void *opaque);

/* A signal, or the window was closed: the same with the limit of ending_new(); the second time a
 * power cut. */
void ending_insist(struct phone *phone);

/* The VMs (struct phone_vm *) that were asked to shut down and are switched off all the same. */
const GPtrArray *ending_cut(const struct phone *phone);

/*
 * Instead of shutting down, ending_insist() first keeps the phone as it is: `keep` calls `kept`
 * once. `kept` without an error ends the machine at once, with one says so and shuts down.
 */
typedef void ending_kept_fn(void *phone, const GError *error);
typedef void ending_keep_fn(void *opaque, ending_kept_fn *kept, void *phone);
void ending_keep(struct ending *ending, ending_keep_fn *keep, void *opaque);

/* A persona that runs, and has not failed: worth asking. */
bool ending_can_ask(const struct phone_vm *vm);

/*
 * The end of `phone`, which has not begun; `limit_s` is for those who close it or send a signal. A
 * machine that is paused or stops meanwhile ends it.
 */
struct ending *ending_new(struct phone *phone, unsigned limit_s);
void ending_free(struct ending *ending);

#endif
