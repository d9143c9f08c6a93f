/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What booth install says when it is done, whatever it was that it installed. */
#ifndef BOOTH_INSTALL_SAY_H
#define BOOTH_INSTALL_SAY_H

#include "guest.h"

/* "ID VERSION is installed on VM", or an object. `version`: NULL if it is not known. */
void install_say(const struct guest *guest, const char *kind, const char *id, const char *version);

#endif
