/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Requests about the life of a VM; answered when they are done. */
#ifndef VMVERBS_H
#define VMVERBS_H

#include "el1/line.h"

/* `start VM` and the like: what is wrong, or NULL. */
const char *vmverbs_change(const struct line_request *request);

/* `shutdown VM SECONDS`: the same. */
const char *vmverbs_shutdown(const struct line_request *request);

#endif
