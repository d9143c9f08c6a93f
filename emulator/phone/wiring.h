/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A phone is made: its logs opened, the machine's UARTs and the service port connected to it. */
#ifndef PHONE_WIRING_H
#define PHONE_WIRING_H

#include "phone/phone.h"

/*
 * The phone of `handset`, its thread not running yet, logs opened in `log_dir`, UARTs listened to.
 * `handset` and `name` must outlive it. NULL and `error` when a log cannot be written.
 */
struct phone *phone_new(const struct handset *handset, const char *name, const char *log_dir,
                        GError **error);

/* The machine is made and does not run yet: what may leave a persona is what `handset` says. */
void phone_close_networks(const struct phone *phone);

/*
 * The machine has ended and no thread is left: takes what it said last. False: the host has lost
 * what the guests wrote (said on stderr).
 */
bool phone_ended(struct phone *phone);

/* After its thread has ended. */
void phone_free(struct phone *phone);

#endif
