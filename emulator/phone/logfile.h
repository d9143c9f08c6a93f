/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Log files on the host that a guest cannot fill the disk with: a file of at most LOGFILE_MAX bytes
 * and the one before it, FILE.1. The files of the run before are kept in a folder `previous`.
 */
#ifndef PHONE_LOGFILE_H
#define PHONE_LOGFILE_H

#include <glib.h>
#include <stdint.h>

#define LOGFILE_MAX (16u << 20) /* bytes */

struct logfile;

/* An empty file `path`. NULL and `error`: it cannot be written. */
struct logfile *logfile_new(const char *path, GError **error);

/* NULL: nothing happens. */
void logfile_free(struct logfile *log);

/*
 * Appends. A file that is full becomes FILE.1, in place of the FILE.1 before, and a new one begins.
 * What cannot be written (disk full) is lost, with one line on standard error for the first time;
 * it is tried again with the next file.
 */
void logfile_write(struct logfile *log, const uint8_t *bytes, gsize length);

/*
 * Moves `dir`/NAME.log and NAME.log.1 to `dir`/previous, where the run before the last one's are
 * removed; emulator.log stays: it is this run's. What cannot be moved stays, and is overwritten.
 */
void logfile_keep_previous(const char *dir);

#endif
