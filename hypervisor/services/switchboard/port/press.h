/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Requests that press keys and turn the wheel; answered when the guest has taken them. */
#ifndef PRESS_H
#define PRESS_H

#include "el1/line.h"

/* `key CODE VALUE [VM]`, with VM only while that one is in front: what is wrong, or NULL. */
const char *key_request(const struct line_request *request);

/* `wheel STEPS`: the same. */
const char *wheel_request(const struct line_request *request);

#endif
