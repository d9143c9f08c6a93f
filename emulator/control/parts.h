/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of the board as replies and events describe them. */
#ifndef CONTROL_PARTS_H
#define CONTROL_PARTS_H

#include <json-glib/json-glib.h>

#include "machine/battery.h"

JsonObject *parts_describe_battery(const struct battery_state *state);

/* Machine's thread. `name`, `unit`, `values`; NULL: there is no such sensor. */
JsonObject *parts_describe_sensor(const char *name);

#endif
