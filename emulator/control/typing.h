/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A text on its way to the persona in front, a key change after the other: the next is sent when
 * the persona has taken the last. It is for the persona that was in front at the start, so it goes
 * to the switchboard by itself, which holds the keys that it has down for that persona alone. What
 * goes down is let go again however it ends. All on the phone's thread.
 */
#ifndef CONTROL_TYPING_H
#define CONTROL_TYPING_H

#include "control/session.h"

struct typing;

struct typing *typing_new(struct request *request);

/* A change, after those before it; `code` is Linux's. */
void typing_add(struct typing *typing, int code, bool down);

/* The last change makes a character: the answer says how many were typed. */
void typing_count_char(struct typing *typing);

/*
 * Sends them and answers the request: when all are taken, when one is not, or after so many
 * seconds, with the number of characters that were typed. Takes `typing`.
 */
void typing_start(struct typing *typing, double seconds);

/* One that was not started. */
void typing_free(struct typing *typing);

#endif
