/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FRONTENDS_MICROPHONE_H
#define FRONTENDS_MICROPHONE_H

#include <glib.h>
#include <stdbool.h>

/*
 * Whether the phone's microphone hears this computer's: off at first. The computer's is open only
 * while something in the phone records. From any thread but the machine's: opening it once, to see
 * whether there is one, may take seconds. False and `error`: there is none, it stays off.
 */
bool microphone_set(bool on, GError **error);
bool microphone_is_on(void);

/* SDL's name of the driver, as for the speaker; "none": it cannot be switched on. Before all. */
void microphone_init(const char *driver);

/* It is off for good. */
void microphone_finish(void);

#endif
