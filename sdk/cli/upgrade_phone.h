/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_UPGRADE_PHONE_H
#define BOOTH_UPGRADE_PHONE_H

/*
 * Starts the handset in `folder`, shows on stderr how far its persona `vm` is with its upgrade, and
 * ends the phone when the persona has switched itself off. Returns the exit code; how the upgrade
 * ended is on the persona's data disk.
 */
int upgrade_phone_run(const char *folder, const char *vm);

#endif
