/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of the phone, for a snapshot of it: states and boot progress of the VMs, what is in
 * front, the last part of each console, where the service port is. Phone's thread.
 */
#ifndef PHONE_RECORD_H
#define PHONE_RECORD_H

#include <json-glib/json-glib.h>

#include "phone/phone.h"

#define RECORD_CONSOLE_MAX 65536u /* bytes of each console that are kept */

JsonObject *record_write(const struct phone *phone);

/*
 * `phone`, which has not run yet, knows what `record` says; it may come from anywhere, and what is
 * wrong in it is left out. Everyone is told, and the switchboard is asked again for what it knows.
 */
void record_read(struct phone *phone, JsonObject *record);

#endif
