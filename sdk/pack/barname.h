/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Whether the switchboard's bar can show a persona's name. */
#ifndef PACK_BARNAME_H
#define PACK_BARNAME_H

#include "handset.h"

/* A line about a name that the bar shows with "?" or cuts off, or NULL. Free with g_free(). */
char *pack_barname_warning(const struct pack_vm *vm);

#endif
