/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests to the switchboard from any thread; returns at once. */
#ifndef PHONE_POST_H
#define PHONE_POST_H

#include "phone/phone.h"

/*
 * A request of the service port (docs/design/contracts.md, section 6): "key 30 1", "switch next".
 * `reply` is called once, on the phone's thread, as for service_request(); also with
 * G_IO_ERROR_CANCELLED when the switchboard is not up. NULL: the answer does not matter; what the
 * request changes is told by the switchboard's events.
 */
void post_request(struct phone *phone, service_reply_fn *reply, void *opaque, const char *format,
                  ...) G_GNUC_PRINTF(4, 5);

/* The user wants the phone to end, in order; once more: at once. */
void post_end(struct phone *phone);

#endif
