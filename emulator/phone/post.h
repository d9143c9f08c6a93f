/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a front end asks of the phone: from any thread, returns at once, an answer is not awaited.
 */
#ifndef PHONE_POST_H
#define PHONE_POST_H

#include "phone/phone.h"

/* Before any other call here. */
void post_init(struct phone *phone);

/* A request of the service port (contracts, section 6): "key 30 1", "switch next". */
void post_request(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
