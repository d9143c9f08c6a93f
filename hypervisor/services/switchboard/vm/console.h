/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where the output of virtio consoles goes: line by line into the switchboard's log. */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "vm.h"

#define CONSOLE_LINE 160u   /* bytes; a longer line is cut in two */
#define CONSOLE_RATE 16384u /* bytes a second and VM; the rest is dropped and counted */

/* Output of the VM's virtio console. Never blocks; what does not fit is dropped. */
void console_output(struct vm *vm, const void *data, size_t len);

#endif
