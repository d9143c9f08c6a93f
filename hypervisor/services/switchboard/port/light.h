/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* LED, torch, vibrator and backlight of a persona on the service port: contracts.md, section 6. */
#ifndef LIGHT_H
#define LIGHT_H

#include "el1/line.h"
#include "vm/vm.h"

/* It has set something. */
void light_event(const struct vm *vm);

/* `light VM`: NULL, or what is wrong. */
const char *light_request(const struct line_request *request);

#endif
