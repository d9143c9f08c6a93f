/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What QEMU has translated of the guests' code, in a file beside a snapshot: a phone that goes on
 * from the snapshot executes it at once, instead of translating all of it again. The file is
 * executed: it must come from this user's own processes, never from outside. It can be used by the
 * same program, on a host CPU with the same features, for the same memory. docs/snapshots.md.
 *
 * No QEMU types in this header.
 */
#ifndef MACHINE_TRANSLATIONS_H
#define MACHINE_TRANSLATIONS_H

#include <stdbool.h>

/*
 * Main thread, before machine_init(). `path`: a file of translations_save(), or NULL: there is
 * none. `program`: what identifies this program, at most 64 characters. A file that does not fit is
 * as good as none; the reason is said later, by translations_adopt().
 */
void translations_prepare(const char *path, const char *program);

/*
 * Machine's thread, when a state has been loaded and the machine has not run yet. NULL: the file's
 * translations are in use; else why not, in words that stay valid.
 */
const char *translations_adopt(void);

/*
 * Machine's thread, while the machine stands still: writes the new file `path`. NULL, or why there
 * are none, in words that stay valid; the file is gone then.
 */
const char *translations_save(const char *path, const char *program);

/*
 * Any thread: makes the file of translations_save() last. NULL, or why it cannot be used. Reads all
 * of it, to be sure that it holds no address of this process.
 */
const char *translations_check(const char *path);

#endif
