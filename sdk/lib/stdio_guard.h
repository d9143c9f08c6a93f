/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Standard output that is full, closed, or has no reader any more: an error that is seen. */
#ifndef STDIO_GUARD_H
#define STDIO_GUARD_H

/*
 * First of all in a program: standard descriptors that are closed are filled with /dev/null, opened
 * for reading, so that no file or socket takes their place and writing to them fails; a reader that
 * has gone is an error of the write (EPIPE) instead of a signal.
 */
void stdio_guard(void);

/*
 * The same, for programs that print through stdio: when they exit, however, what was printed and
 * could not be written gives one line "PROGRAM: ..." on stderr and exit status 1. `program` must
 * stay.
 */
void stdio_guard_at_exit(const char *program);

#endif
