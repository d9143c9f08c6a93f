/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the phone learns: from consoles and from the switchboard's events. Private to phone/. */
#ifndef PHONE_PHONE_EVENTS_H
#define PHONE_PHONE_EVENTS_H

#include "phone/phone.h"

/* A line on the console of `vm`. */
void phone_on_console_line(struct phone_vm *vm, const char *line);

/* A line of EL2's. */
void phone_on_el2_line(struct phone *phone, const char *line);

/* service_event_fn; `opaque` is the phone. */
void phone_on_service_event(void *opaque, const struct service_line *line);

#endif
