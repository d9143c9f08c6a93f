/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest marks on its console where something begins or ends, and the instructions executed up to
 * that point are written to a file at once. A measurement from outside would come later, and at
 * another instruction each time. A mark is a line that begins with MARKS_PREFIX, on any UART.
 */
#ifndef MACHINE_MARKS_H
#define MACHINE_MARKS_H

#include <glib.h>
#include <stdbool.h>

#define MARKS_PREFIX "@mark "
#define MARKS_MAX    160 /* bytes of a line that are kept */

/*
 * Before the machine is made. Each mark becomes a line of `path`, an object: "mark" (what follows
 * the prefix), "uart", "virtual_ns", and the counts since the mark before, or since the start, as
 * the verb stats gives them. What is in the file already stays. False: it cannot be written.
 */
bool marks_open(const char *path, GError **error);

#endif
