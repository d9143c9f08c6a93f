/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Whether what a handset description says goes together; each key alone was checked by keys.h. */
#ifndef PACK_HANDSET_CHECK_H
#define PACK_HANDSET_CHECK_H

#include "handset.h"

/* One VM of the description `file`. FALSE and an error that names file, VM and key. */
gboolean pack_handset_check_vm(const char *file, const struct pack_vm *vm, GError **error);

/* The description as a whole, once its VMs are read. */
gboolean pack_handset_check(const struct pack_handset *handset, GError **error);

#endif
