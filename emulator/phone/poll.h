/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks the switchboard for its counters while a persona boots; what they say is in phone_vm.faults.
 */
#ifndef PHONE_POLL_H
#define PHONE_POLL_H

#include "phone/phone.h"

/* On the phone's context. */
GSource *poll_new(struct phone *phone);

/* NULL: nothing happens. */
void poll_free(GSource *poll);

#endif
