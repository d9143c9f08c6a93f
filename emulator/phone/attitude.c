/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "phone/attitude.h"

static const char *const names[ATTITUDE_COUNT] = {
    [ATTITUDE_PORTRAIT] = "portrait",
    [ATTITUDE_RIGHT] = "right",
    [ATTITUDE_UPSIDE_DOWN] = "upside-down",
    [ATTITUDE_LEFT] = "left",
};

const char *attitude_name(enum attitude attitude)
{
    return names[attitude];
}

bool attitude_of(const char *name, enum attitude *attitude)
{
    for (int i = 0; i < ATTITUDE_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *attitude = (enum attitude)i;
            return true;
        }
    }
    return false;
}
