/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Asks a persona to shut down, by what a stock Linux understands without an agent: keys of its
 * keyboard. The power key, which an init or systemd-logind answers with an orderly end; and the
 * kernel's own keys (Documentation/admin-guide/sysrq.rst), which work in any mode of the keyboard:
 * Alt+SysRq+S writes all that is dirty, U makes every file system read-only, O switches off (PSCI).
 */
#ifndef SHUTDOWN_H
#define SHUTDOWN_H

#include "vm/manager.h"

#define SHUTDOWN_SECONDS_MAX 600u

/*
 * Asks vm. Its dirty data is on its way to the disk at once; after half of `seconds`
 * (1..SHUTDOWN_SECONDS_MAX) it is switched off by the kernel's keys, as soon as its disk is quiet.
 * done(): NULL when it has stopped; else it goes on: the time is over (2 s at least), it drives no
 * keyboard, or another request came. One that is paused or sleeps goes on first.
 */
void shutdown_request(struct vm *vm, unsigned seconds, struct manager_ticket *ticket);

#endif
