/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Touches and keys: to the persona they are meant for, or to the switchboard itself. */
#ifndef INPUT_H
#define INPUT_H

#include "drivers/board.h"

void input_init(const struct board *board);

/* Before the layout or the persona in front changes: lifts every finger from its persona. */
void input_lift_all(void);

#endif
