/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The verb that makes the switchboard fault: el1/restart.h is tried by it. */
#ifndef CRASH_H
#define CRASH_H

#include "el1/line.h"

/* `crash KIND`: faults and never answers; or what is wrong with the request. */
const char *crash_request(const struct line_request *request);

#endif
