/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth persona upgrade: pack does what changes the handset, a phone of its own moves the data. */
#ifndef BOOTH_UPGRADE_H
#define BOOTH_UPGRADE_H

#include <glib.h>

/* Moves the persona `vm` of the handset in the folder `handset` to the newest image, or only says
 * what that would do (`dry`). Returns the exit code. */
int upgrade_run(const char *handset, const char *vm, gboolean dry);

/* Back to the image and the data of before. */
int upgrade_roll_back(const char *handset, const char *vm);

#endif
