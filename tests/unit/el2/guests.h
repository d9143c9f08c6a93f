/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the VMs of the machine do: at random, or only what has been begun (guests_drain). */
#ifndef TESTS_EL2_GUESTS_H
#define TESTS_EL2_GUESTS_H

#include <stdbool.h>

void guests_start(void);

/* Nothing new is begun, what is paused goes on, what is stopped starts again. */
void guests_drain(bool on);

/* After a drain: nothing that was sent is missing, nothing is held or active. */
void guests_check(void);

/* Interrupts that guests took so far. */
unsigned long guests_taken(void);

void guests_dump(void);

#endif
