/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A service that has faulted or hung starts again in place, while its clients go on: all of its
 * data is as at power-on but what is KEPT (el1/kept.h). What it keeps is what clients rely on; all
 * that belongs to the board's parts is made anew.
 */
#ifndef EL1_RESTART_H
#define EL1_RESTART_H

#include <stdbool.h>
#include <stdint.h>

enum restart {
    RESTART_POWER_ON, /* this is the first start */
    RESTART_KEEPS,    /* after a fault or hang: what is KEPT is to be used */
    RESTART_FRESH,    /* what is KEPT may be why it failed: it must not be used */
};

enum restart_why { RESTART_FAULT, RESTART_HANG };

/* How this start came about. */
enum restart restart_kind(void);

/* Starts after a fault or hang, since power-on. */
unsigned restart_count(void);

/*
 * The start has succeeded: from now on a fault starts the service again. One that fails while it
 * starts, faults a sixth time within five seconds or hangs a second time within a minute starts
 * fresh; if that fails, too, it stays off.
 */
void restart_arm(void);

/* After a fault or hang. Returns if the service is to stay off. */
void restart_try(enum restart_why why);

#endif
