/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Variables that stay what they were when their service starts again, el1/restart.h. */
#ifndef EL1_KEPT_H
#define EL1_KEPT_H

/* With static storage. 0 at power-on. */
#define KEPT __attribute__((section(".bss.kept")))

#endif
