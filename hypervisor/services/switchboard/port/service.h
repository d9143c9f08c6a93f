/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The service port: requests of the emulator, events to it. docs/design/contracts.md section 6. */
#ifndef SERVICE_H
#define SERVICE_H

#include "drivers/board.h"

/* Last of all: from here on requests are answered. */
void service_init(const struct board *board);

#endif
