/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has the host write a file to its disk while it is still being written to, so that flushing it at
 * the end is short. Any thread.
 */
#ifndef MACHINE_WRITEBACK_H
#define MACHINE_WRITEBACK_H

struct writeback;

/* Of the file `path`, as soon as it is there. */
struct writeback *writeback_begin(const char *path);

/* Returns at once. */
void writeback_end(struct writeback *writeback);

#endif
