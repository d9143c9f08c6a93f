/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The service has faulted, and the log says how. */
#ifndef EL1_FAULT_H
#define EL1_FAULT_H

/* It starts again (el1/restart.h), or halts. */
_Noreturn void fault_end(void);

#endif
