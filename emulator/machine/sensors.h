/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The board's sensors. Values are the board's whole numbers, in the units of
 * docs/board/sensors.md. No QEMU types in this header. Machine's thread.
 */
#ifndef MACHINE_SENSORS_H
#define MACHINE_SENSORS_H

#include <stdbool.h>
#include <stdint.h>

#define SENSOR_AXES 3 /* values of a sensor, at most */

/* `name`: as the board calls it; `axes`: how many values it has. False: the board has no such
 * sensor, or it has refused the values. */
bool sensors_read(const char *name, unsigned axes, int64_t *value);
bool sensors_set(const char *name, unsigned axes, const int64_t *value);

#endif
