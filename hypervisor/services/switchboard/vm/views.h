/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a persona sees of the board's parts, from its node (docs/design/contracts.md, section 5). */
#ifndef VIEWS_H
#define VIEWS_H

#include "config.h"

void views_read(struct vm_config *config, const void *fdt, int node);

#endif
