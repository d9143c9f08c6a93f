/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Whether another process of this computer has ended. */
#ifndef BOOTH_PROCESS_H
#define BOOTH_PROCESS_H

#include <gio/gio.h>
#include <sys/types.h>

/*
 * Waits until the phone's process is gone and its files are released. FALSE and an error:
 * BOOTH_ERROR_TIMEOUT after so many seconds, or G_IO_ERROR_CANCELLED. A pid below 1 has ended.
 */
gboolean process_wait_end(pid_t pid, guint seconds, GCancellable *cancellable, GError **error);

#endif
