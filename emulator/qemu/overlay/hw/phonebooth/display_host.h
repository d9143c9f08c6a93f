/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host hears of the display engine. */
#ifndef HW_PHONEBOOTH_DISPLAY_HOST_H
#define HW_PHONEBOOTH_DISPLAY_HOST_H

/*
 * fn() when software begins to wait for a vsync, which it does when it has just drawn: at most once
 * a vsync, with QEMU's lock held, in the middle of a register's write. NULL: nobody wants to hear.
 */
void display_host_listen(void (*fn)(void));

#endif
