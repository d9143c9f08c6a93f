/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What QEMU needs of the host: checked before QEMU is started, because QEMU would end the process
 * with its own message.
 */
#ifndef HOST_H
#define HOST_H

#include <glib.h>
#include <stdbool.h>

#define HOST_GDB_PORT 1234 /* of 127.0.0.1 */

/*
 * A folder in which temporary files can be made, for disks whose changes are thrown away. The one
 * that the environment names (TMPDIR), else /var/tmp; if it cannot be used `fallback`, with one
 * line on standard error and TMPDIR set for QEMU. Call it before anything asks for
 * g_get_tmp_dir(). False and `error`: none can be used.
 */
bool host_choose_tmp(const char *fallback, GError **error);

/* False and `error`: another program has the port of the gdb server. */
bool host_check_gdb_port(GError **error);

#endif
