/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's state in a file: CPUs, devices, memory. QEMU's migration with `mapped-ram`: each
 * page of memory has a place of its own in the file, pages of zeros are holes. Disks are not in it.
 * No QEMU types in this header.
 */
#ifndef MACHINE_STATE_H
#define MACHINE_STATE_H

#include <stdbool.h>

/* `error`: NULL, or why it failed, in words. On the machine's thread. */
typedef void state_done_fn(void *opaque, const char *error);

/*
 * On the machine's thread: the machine stands still from here on, and its state is written to the
 * new file `path`. It still stands still when `done` is called; machine_pause(false) lets it go on.
 */
void state_save(const char *path, state_done_fn *done, void *opaque);

/*
 * From any thread, once, for a machine that was made to wait for it: what is in `path` becomes the
 * machine's state. It stands still when `done` is called. After an error it can only be ended.
 */
void state_load(const char *path, state_done_fn *done, void *opaque);

#endif
