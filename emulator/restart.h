/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starting the emulator anew in this process: QEMU can be started only once. */
#ifndef RESTART_H
#define RESTART_H

/* Main thread, first of all: remembers the command line. */
void restart_init(char **argv);

/*
 * From any thread: when the phone has ended, it shall start again with the same command line, but
 * for what is said there of snapshots; instead `option` and `value` (each may be NULL). The machine
 * has to be ended by the caller.
 */
void restart_request(const char *option, const char *value);

/* At the end of main(): does not return if a restart was asked for. */
void restart_if_requested(void);

#endif
