/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The persona's own libraries, for gdb: it needs them as they are there, and on this computer. */
#ifndef BOOTH_DEBUG_LIBRARIES_H
#define BOOTH_DEBUG_LIBRARIES_H

#include "guest.h"

/*
 * Puts the libraries that an installed app's program is linked with into `root`, which is to gdb
 * what / is to the program. What has come once is kept below the user's cache folder, so that the
 * next phone of the same image need not send it. Libraries that the app loads later, by itself, are
 * not among them. Returns EXIT_DONE, or the exit code after a line on stderr.
 */
int debug_libraries(struct guest *guest, const char *id, const char *entry, const char *root);

#endif
