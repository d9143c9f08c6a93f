/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The screen: planes 0 and 1 are personas, 2 the cursor of the one in front (single view only: in
 * the side view it could reach into the other's area), 3, the highest, the bar.
 * What VMs call of it is in switchboard.h.
 */
#ifndef COMPOSITOR_H
#define COMPOSITOR_H

#include "drivers/board.h"
#include "layout.h"
#include "observer.h"
#include "switchboard.h"

/* After the VMs are known. False: there is no display engine; everything else still works. */
bool compositor_init(const struct board *board, const struct screen_observer *observer);

/* The persona in front; NULL: there are none. Selecting what is no persona does nothing. */
struct vm *compositor_front(void);
void compositor_select(struct vm *vm);
void compositor_step(int step); /* next (1) or previous (-1) persona, round */

enum view compositor_view(void);
void compositor_set_view(enum view view);

/* State or name of a VM changed: what the switchboard draws of it is drawn again. */
void compositor_redraw(struct vm *vm);

/* Where touches go. */
const struct layout *compositor_layout(void);
struct vm *compositor_area(unsigned area);

#endif
