/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where the output of virtio consoles goes: line by line into the switchboard's log. */
#ifndef CONSOLE_H
#define CONSOLE_H

#define CONSOLE_LINE 160u   /* bytes; a longer line is cut in two */
#define CONSOLE_RATE 16384u /* bytes a second and VM; the rest is dropped and counted */

#endif
