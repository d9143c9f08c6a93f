/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Programs of the host that pack calls: those of e2fsprogs, and cp. */
#ifndef PACK_TOOL_H
#define PACK_TOOL_H

#include <glib.h>

/*
 * Runs argv[0], looked for in PATH and in /sbin. FALSE if it cannot be started or its exit status
 * is more than `worst`; the error has what it said.
 */
gboolean pack_tool_run(const char *const *argv, int worst, GError **error);

/* What argv[0] writes to its standard output, to be freed; FALSE if it fails. */
gboolean pack_tool_output(const char *const *argv, char **output);

#endif
