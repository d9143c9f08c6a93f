/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SNAPSHOT_FAILURE_H
#define SNAPSHOT_FAILURE_H

#include <gio/gio.h>
#include <stdbool.h>

/* Sets `error` to "cannot WHAT PATH: " and the reason in errno, in G_IO_ERROR; returns false. */
bool failure_errno(GError **error, const char *what, const char *path);

/* The error of docs/control-api.md, section 5, that a snapshot's failure is. */
const char *failure_code(const GError *error);

#endif
