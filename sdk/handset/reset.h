/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Back to the factory: what personas have stored goes. Snapshots that somebody has named stay and
 * can be loaded, `quick` and `replaced` go. The caller holds the handset (files_hold()); each step
 * leaves one that starts.
 */
#ifndef HANDSET_RESET_H
#define HANDSET_RESET_H

#include <glib.h>

/* Is part of the phone as it is now, not something that somebody keeps: clean, quick, replaced. */
gboolean reset_is_own_snapshot(const char *name);

/*
 * One persona's data disk becomes a new one; the other disks stay as they are. The phone boots next
 * time. FALSE and `error`.
 */
gboolean reset_persona(const char *dir, const char *name, GError **error);

/*
 * All data disks. `to_clean`: they become those of the snapshot `clean`, from which the phone goes
 * on then; otherwise new ones.
 */
gboolean reset_all(const char *dir, gboolean to_clean, GError **error);

#endif
