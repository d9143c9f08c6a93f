/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Results on the console in the Test Anything Protocol: "ok N - what", "not ok N - what",
 * "# note", at the end "1..N". Only one CPU may write at a time.
 */
#ifndef GUEST_TAP_H
#define GUEST_TAP_H

#include <stdbool.h>
#include <stdint.h>

void tap_ok(bool passed, const char *what);

/* Passes if both are equal; shows both if not. */
void tap_is(uint64_t got, uint64_t wanted, const char *what);

/* "# what 0x..." */
void tap_note(const char *what, uint64_t value);

/* A line of the two, one after the other. */
void tap_say(const char *what, const char *name);

/* The test cannot be made here: "ok N - what # SKIP why". */
void tap_skip(const char *what, const char *why);

/* The guest itself is broken: "Bail out! why", then off. */
_Noreturn void tap_bail_out(const char *why);

/* Prints the plan and switches the guest off. */
_Noreturn void tap_end(void);

#endif
