/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef PORT_PICTURE_H
#define PORT_PICTURE_H

#include "el1/line.h"

/* `picture VM`: where the persona's own picture is, whether or not it is in front. */
const char *picture_request(const struct line_request *request);

#endif
