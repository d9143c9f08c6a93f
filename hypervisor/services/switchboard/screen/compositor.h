/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The screen: planes 0 and 1 are personas, 2 the cursor of the one in front (single view only: in
 * the side view it could reach into the other's area), 3, the highest, the bar.
 */
#ifndef COMPOSITOR_H
#define COMPOSITOR_H

#include "drivers/board.h"
#include "layout.h"
#include "observer.h"
#include "virtio/edid.h"
#include "vm/vm.h"

/* After the VMs are known. False: there is no display engine; everything else still works. */
bool compositor_init(const struct board *board, const struct screen_observer *observer);

/* The persona in front; NULL: there are none. Selecting what is no persona does nothing. */
struct vm *compositor_front(void);
void compositor_select(struct vm *vm);
void compositor_step(int step); /* next (1) or previous (-1) persona, round */

enum view compositor_view(void);
void compositor_set_view(enum view view);

/* The mode that a persona sees. */
struct edid_mode compositor_mode(void);

/* State or name of a VM changed: what the switchboard draws of it is drawn again. */
void compositor_redraw(struct vm *vm);

/* Whether vm hears the microphone, or sees through a camera: the bar shows it. */
void compositor_microphone(struct vm *vm, bool on);
void compositor_camera(struct vm *vm, bool on);

/* What a persona shows, in front or not; NULL: nothing yet. It may change at any time. */
const struct image *compositor_picture(const struct vm *vm);

/* Where touches go. */
const struct layout *compositor_layout(void);
struct vm *compositor_area(unsigned area);

/* ---- What its devices tell of a VM ---------------------------------------------------------- */

/*
 * What the VM shows from now on; NULL: nothing. The display engine reads the memory itself, and for
 * up to one frame after the next call for this VM (memory used again too early shows a torn frame
 * of the same VM, no more). Any size is scaled to
 * the persona's area.
 */
void compositor_scanout(struct vm *vm, const struct image *image);

/* The pixels in rect have changed (RESOURCE_FLUSH). Cheap; call it for each flush. */
void compositor_flush(struct vm *vm, const struct rect *rect);

/* The cursor, hot spot subtracted, in persona pixels; NULL: none. At most 64 x 64, ARGB8888. */
void compositor_cursor(struct vm *vm, const struct image *image, int x, int y);
void compositor_cursor_move(struct vm *vm, int x, int y);

#endif
