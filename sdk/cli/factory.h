/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_FACTORY_H
#define BOOTH_FACTORY_H

#include <glib.h>

/*
 * The handset `dir` becomes what it was when it was made: with the disks of its snapshot `clean`,
 * from which it goes on, if the emulator says that this fits; else with new disks. Snapshots that
 * the user has named stay. The caller holds it (files_hold()).
 */
gboolean factory_reset(const char *dir, GError **error);

#endif
